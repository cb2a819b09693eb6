/**
 * A ledger as a service would have written it, straight into the tables: an
 * order every five minutes up to now, some held, some with a problem, and stock runs as often.
 * With `sway` (milliseconds, below a sixth of a day) more of them come by day than by night.
 */
import { DatabaseSync } from 'node:sqlite';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const NOW = Date.now();
/** Of the day's rhythm: the busy hours are just over. */
const PHASE = 2.2;
const iso = ( time ) => new Date( time ).toISOString();

export function createLedger( { orders, problems, runs, sway = 0 } ) {
	const placedAt = ( n ) => {
		const even = NOW - ( orders - n ) * 5 * MINUTE;
		const turn = ( ( NOW - even ) / DAY ) * 2 * Math.PI;
		return Math.round(
			even - sway * ( Math.sin( turn + PHASE ) - Math.sin( PHASE ) )
		);
	};
	const idOf = ( n ) => 500_000 + 7 * ( n % orders );
	const numberOf = ( n ) => String( 100_000 + ( n % orders ) );
	const salesOrderOf = ( n ) => 9_000_000 + ( n % orders );

	function seed( path ) {
		seedOrders( path );
		seedRuns( path );
	}

	function seedOrders( path ) {
		write( path, ( insert ) => {
			const addLink = insert( 'order_links', linkRow( 0 ) );
			for ( let n = 0; n < orders; n++ ) {
				addLink.run( linkRow( n ) );
			}
			const addProblem = insert( 'problems', problemRow( 0 ) );
			for ( let n = 0; n < orders; n++ ) {
				if ( stateOf( n ) === 'problem' ) {
					addProblem.run( problemRow( n ) );
				}
			}
		} );
	}

	/** Their numbers begin at 1: they are the first. */
	function seedRuns( path ) {
		write( path, ( insert ) => {
			const addRun = insert( 'stock_runs', runRow( 0 ) );
			for ( let n = 0; n < runs; n++ ) {
				addRun.run( runRow( n ) );
			}
		} );
	}

	function stateOf( n ) {
		if ( n % ( orders / problems ) === 7 ) {
			return 'problem';
		}
		return n % 100 === 50 ? 'held' : 'synced';
	}

	function linkRow( n ) {
		const placed = placedAt( n );
		const pushed = placed + 5_000 + ( ( n * 7919 ) % 60_000 );
		const state = stateOf( n );
		const synced = state === 'synced';
		return {
			connection: 'main',
			order_id: idOf( n ),
			number: numberOf( n ),
			state,
			store_status: n % 10 === 0 ? 'processing' : 'completed',
			placed_at: placed,
			gone: null,
			has_stock: 1,
			shipped: n % 10 === 0 ? 0 : 1,
			sales_order_id: synced ? salesOrderOf( n ) : null,
			pushed_at: synced ? iso( pushed ) : null,
			pushed_time: synced ? pushed : null,
			updated_at: iso( pushed ),
			doc: JSON.stringify( linkDoc( n, placed, synced ) ),
		};
	}

	function linkDoc( n, placed, synced ) {
		const total = `${ 20 + ( n % 300 ) }.40`;
		const tax = '3.40';
		return {
			placedAt: iso( placed ),
			modifiedAt: iso( placed + MINUTE ),
			currency: 'GBP',
			total,
			decision: null,
			forced: false,
			lines: [ 1, 2, 3 ].map( ( line ) => ( {
				lineId: 10 * n + line,
				productId: 100 + ( n % 500 ),
				variationId: 0,
				sku: `SKU-${ n % 500 }-${ line }`,
				reduced: 1,
			} ) ),
			refunds: [],
			payments: synced
				? [
						{
							n: 1,
							amount: total,
							paidAt: iso( placed ),
							paymentId: n + 1,
						},
					]
				: [],
			contactId: synced ? 1000 + n : null,
			allocation: null,
			pending: [],
			brightpearl: synced
				? {
						salesOrderId: salesOrderOf( n ),
						externalRef: `shop-${ idOf( n ) }`,
						reference: numberOf( n ),
						contactId: 1000 + n,
						statusId: 2,
						total,
						tax,
						allocation: 'all',
						cancelled: false,
						payments: [
							{
								paymentId: n + 1,
								type: 'RECEIPT',
								amount: total,
								currency: 'GBP',
								methodCode: 'CARD',
								transactionRef: `shop-${ idOf( n ) }-1`,
							},
						],
						credits: [],
					}
				: null,
			proof: synced
				? {
						checkedAt: iso( placed + MINUTE ),
						matches: true,
						total: { store: total, brightpearl: total },
						tax: { store: tax, brightpearl: tax },
						rows: { planned: 4, found: 4 },
					}
				: null,
			fingerprint: String( n ).padStart( 64, '0' ),
		};
	}

	function problemRow( n ) {
		return {
			connection: 'main',
			subject: `order:${ idOf( n ) }`,
			code: 'sku-unknown',
			message: `SKU-${ n } is not in Brightpearl.`,
			cause: 'It was never created there.',
			fix: 'Create the product, then retry.',
			field: null,
			since: iso( placedAt( n ) ),
			retryable: 1,
		};
	}

	function runRow( n ) {
		const started = NOW - ( runs - n ) * 5 * MINUTE;
		const changed = n % 20;
		const summary = {
			runId: n + 1,
			state: 'done',
			dryRun: false,
			startedAt: iso( started ),
			finishedAt: iso( started + 4_000 ),
			requests: { brightpearl: 3, store: 2 },
			skus: {
				mapped: 2000,
				unmapped: 4,
				read: 2000,
				changed,
				written: changed,
				skipped: 0,
				failed: 0,
			},
		};
		const changes = Array.from( { length: changed }, ( _, index ) => ( {
			sku: `SKU-${ index }`,
			productId: index + 1,
			variationId: null,
			from: 4,
			to: 5,
			onHand: 6,
			inFlight: 1,
			buffer: 0,
			written: true,
		} ) );
		return {
			connection: 'main',
			dry_run: 0,
			started_at: summary.startedAt,
			finished_at: summary.finishedAt,
			state: 'done',
			doc: JSON.stringify( { ...summary, changes, errors: [] } ),
			summary: JSON.stringify( { ...summary, errors: 0 } ),
			changed,
			failed: 0,
		};
	}

	return { idOf, numberOf, salesOrderOf, seed, seedOrders, seedRuns };
}

function write( path, rows ) {
	const database = new DatabaseSync( path );
	// A service may be writing, too.
	database.exec( 'pragma busy_timeout = 10000; begin immediate' );
	rows( ( table, row ) => {
		const names = Object.keys( row );
		return database.prepare(
			`insert into ${ table } (${ names.join( ', ' ) }) values (${ names
				.map( ( name ) => `:${ name }` )
				.join( ', ' ) })`
		);
	} );
	database.exec( 'commit' );
	database.close();
}
