import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	CONSOLE_OPERATIONS,
	type ConsoleOperationName,
} from '../../../src/contracts/console.ts';
import type { EventPage } from '../../../src/contracts/events.ts';
import type { Problem } from '../../../src/contracts/problem.ts';
import { eventually } from '../harness.ts';
import { describeOnWordPress } from './kit/describe.ts';
import type { Person } from './kit/person.ts';
import { openShop, type Shop } from './kit/shop.ts';
import { openSidecar, type Sidecar } from './kit/sidecar.ts';
import { ask, bringUp, done, soldOrder } from './kit/steps.ts';
import { together } from './kit/together.ts';

interface Side {
	readonly shop: Shop;
	readonly owner: Person;
	readonly connection: string;
	/** What only this shop has: an order number, a problem. */
	readonly sold: number;
	readonly stuck: number;
	/** An SKU that Brightpearl does not know. */
	readonly sku: string;
	readonly account: string;
}

const kebab = ( name: string ): string =>
	name.replaceAll( /[A-Z]/g, ( letter ) => `-${ letter.toLowerCase() }` );

const NAMES = Object.keys( CONSOLE_OPERATIONS ) as ConsoleOperationName[];
const BOUND = NAMES.filter(
	( name ) => CONSOLE_OPERATIONS[ name ].bound !== null
);
const UNBOUND = NAMES.filter(
	( name ) => CONSOLE_OPERATIONS[ name ].bound === null
);

/** What is asked of each operation that needs more than a connection. */
const INPUTS: Partial<
	Record< ConsoleOperationName, ( of: Side ) => Record< string, unknown > >
> = {
	ordersShow: ( { sold } ) => ( { orderId: sold } ),
	ordersCompare: ( { sold } ) => ( { orderId: sold } ),
	ordersPush: ( { sold } ) => ( { orderIds: [ sold ], dryRun: true } ),
	ordersDecide: ( { stuck } ) => ( {
		orderIds: [ stuck ],
		decision: 'hold',
	} ),
	ordersResolve: ( { sold } ) => ( { orderIds: [ sold ], side: 'store' } ),
	ordersBackfill: () => ( {
		from: '2026-01-01',
		to: '2026-01-02',
		dryRun: true,
	} ),
	backfillShow: () => ( { id: 1 } ),
	backfillPause: () => ( { id: 1 } ),
	backfillResume: () => ( { id: 1 } ),
	backfillCancel: () => ( { id: 1 } ),
	aliasesImport: () => ( { csv: 'sku,alias\nMUG,MUG-1\n' } ),
	settingsImport: () => ( { document: {} } ),
	connectionSite: () => ( { answer: 'moved' } ),
	stockRunShow: () => ( { runId: 1 } ),
	stockPull: () => ( { dryRun: true } ),
	stockExplain: () => ( { sku: 'OSB-01' } ),
	problemsRetry: () => ( { ids: null } ),
	connectionEdit: () => ( { change: {} } ),
	connectionConsentState: () => ( { state: 'none' } ),
	connectionAuthorize: () => ( { code: 'none' } ),
};

describeOnWordPress( 'Two shops paired with one sidecar', () => {
	let sidecar: Sidecar;
	let shops: readonly Shop[] = [];
	const sides: Record< string, Side > = {};

	beforeAll( async () => {
		const [ one, two, bridge ] = await together(
			openShop(),
			openShop(),
			openSidecar()
		);
		shops = [ one, two ];
		sidecar = bridge;
		await sidecar.serve();
		for ( const [ name, shop, account, base ] of [
			[ 'north', one, 'sandbox-gb', 70_000 ],
			[ 'south', two, 'sandbox-gb', 80_000 ],
		] as const ) {
			// Numbers that cannot be taken for the other's.
			shop.site.evaluate(
				`global $wpdb; $wpdb->query( "ALTER TABLE $wpdb->posts AUTO_INCREMENT = ${ base }" ); if ( $wpdb->get_var( "SHOW TABLES LIKE '{$wpdb->prefix}wc_orders'" ) ) { $wpdb->query( "ALTER TABLE {$wpdb->prefix}wc_orders AUTO_INCREMENT = ${ base }" ); }`
			);
			const connection = await bringUp( shop, sidecar, account );
			const sku = `ONLY-IN-THE-${ name.toUpperCase() }`;
			const sold = await shop.order(
				'classic',
				await shop.product( 'OSB-01' )
			);
			const stuck = await shop.order(
				'classic',
				await shop.product( sku )
			);
			await sidecar.order( connection, sold, 'synced', 45_000 );
			await sidecar.order( connection, stuck, 'problem', 45_000 );
			sides[ name ] = {
				shop,
				owner: await shop.owner(),
				connection,
				sold,
				stuck,
				sku,
				account,
			};
		}
	}, 180_000 );

	afterAll( async () => {
		await Promise.all( [ ...shops, sidecar ].map( ( one ) => one?.end() ) );
	}, 60_000 );

	const problemsOf = async ( { connection }: Side ): Promise< Problem[] > =>
		(
			await sidecar.operation< { items: Problem[] } >( 'problemsList', {
				connection,
			} )
		).items;

	describe.each( [
		[ 'north', 'south' ],
		[ 'south', 'north' ],
	] )( 'from the %s', ( mine, other ) => {
		const self = (): Side => sides[ mine ]!;
		const them = (): Side => sides[ other ]!;

		function expectNothingOfTheirs( said: unknown ): void {
			const text = JSON.stringify( said );
			for ( const secret of [
				`"${ them().connection }"`,
				them().sku,
				them().shop.url,
				`order:${ them().sold }`,
				`order:${ them().stuck }`,
				`"orderId":${ them().sold }`,
				`"orderId":${ them().stuck }`,
			] ) {
				expect( text ).not.toContain( secret );
			}
		}

		test.each( BOUND )(
			'%s tells and does what is its own, and refuses the other’s name',
			async ( name ) => {
				const field = CONSOLE_OPERATIONS[ name ].bound ?? '';
				const input =
					name === 'settingsSave'
						? await done< Record< string, unknown > >(
								self().owner,
								'settings-show'
							).then( ( { settings, revision } ) => ( {
								settings,
								revision,
							} ) )
						: ( INPUTS[ name ]?.( self() ) ?? {} );
				const before = await problemsOf( them() );
				for ( const tampered of [
					{ ...input, [ field ]: them().connection },
					{ ...input, connection: them().connection },
					{ ...input, name: them().connection },
				] ) {
					const foreign = await ask(
						self().owner,
						kebab( name ),
						tampered
					);
					expect( [ 400, 403 ] ).toContain( foreign.status );
					expectNothingOfTheirs( foreign.body );
				}
				const own = await ask( self().owner, kebab( name ), input );
				expect( own.status ).toBe( 200 );
				expect( own.body.exit ).not.toBe( 1 );
				expectNothingOfTheirs( own.body );
				expect( await problemsOf( them() ) ).toEqual( before );
			},
			60_000
		);

		test.each( UNBOUND )( 'there is no route for %s', async ( name ) => {
			const { status } = await ask( self().owner, kebab( name ), {} );
			expect( status ).toBe( 404 );
		} );

		test( 'orders, problems and counts of the other are not found by their numbers', async () => {
			for ( const orderId of [ them().sold, them().stuck ] ) {
				for ( const [ name, input ] of [
					[ 'orders-show', { orderId } ],
					[ 'orders-compare', { orderId } ],
					[ 'orders-push', { orderIds: [ orderId ] } ],
					[
						'orders-decide',
						{ orderIds: [ orderId ], decision: 'ignore' },
					],
				] as const ) {
					const { status, body } = await ask(
						self().owner,
						name,
						input
					);
					expect( [ name, status, body.exit ] ).toEqual( [
						name,
						200,
						6,
					] );
				}
			}
			const product = await them().shop.product(
				`${ them().sku }-AGAIN`
			);
			const again = await them().shop.order( 'rest', product );
			await sidecar.order( them().connection, again, 'problem', 45_000 );
			const theirs = ( await problemsOf( them() ) ).at( -1 );
			const { body } = await ask( self().owner, 'problems-retry', {
				ids: [ theirs!.id ],
			} );
			expect( body.exit ).toBe( 6 );
			expect( await problemsOf( them() ) ).toContainEqual( theirs );
			const status = await done< {
				problems: number;
				connections: { name: string }[];
			} >( self().owner, 'status' );
			expect( status.connections.map( ( { name } ) => name ) ).toEqual( [
				self().connection,
			] );
			expect( status.problems ).toBe(
				( await problemsOf( self() ) ).length
			);
			const { total } = await done< { total: number } >(
				self().owner,
				'orders-list',
				{ search: String( them().sold ) }
			);
			expect( total ).toBe( 0 );
		}, 60_000 );

		test( 'what happens in the other shop is no event here, its nudge reads one outbox, its order goes once', async () => {
			const events = 'pearlbridge/v1/events';
			const [ here, there ] = await Promise.all(
				[ self(), them() ].map( ( { owner } ) =>
					owner.must< EventPage >( 'GET', events )
				)
			);
			const since = Date.now();
			const id = await them().shop.order(
				'block',
				await them().shop.product( 'BWX-12' )
			);
			await sidecar.order( them().connection, id, 'synced', 45_000 );
			const after = ( { owner }: Side, { cursor }: EventPage ) =>
				owner.must< EventPage >(
					'GET',
					`${ events }?after=${ encodeURIComponent( cursor ) }`
				);
			const told = await eventually( 'the other is told', async () => {
				const page = await after( them(), there! );
				return page.items.length > 0 ? page : null;
			} );
			expect( JSON.stringify( told ) ).toContain( `"orderId":${ id }` );
			const mineNow = await after( self(), here! );
			expectNothingOfTheirs( mineNow );
			expect( JSON.stringify( mineNow ) ).not.toContain(
				`"orderId":${ id }`
			);
			// A cursor of the other’s is none of ours.
			expect( await after( self(), there! ) ).toMatchObject( {
				items: [],
				reset: true,
			} );
			expect(
				self().shop.gate.requests( /wc\/v3\/orders\/\d+/, since )
			).toEqual( [] );
			expect(
				await soldOrder( them().shop, sidecar, id )
			).not.toBeNull();
			expect(
				( await soldOrder( self().shop, sidecar, id ) ) ?? null
			).toBeNull();
		}, 90_000 );

		test( 'a delivery to the other’s address is refused, and moves nothing', async () => {
			const before = await sidecar.operation( 'ordersList', {
				connection: them().connection,
			} );
			const failures = await self().shop.run(
				`$hook = new WC_Webhook( get_option( 'pearlbridge_webhooks' )['order.updated'] ); $hook->set_delivery_url( '${ sidecar.url }/webhooks/woocommerce/${ them().connection }' ); $hook->deliver( ${ self().sold } ); echo $hook->get_failure_count();`
			);
			expect( failures ).toBe( '1' );
			expect(
				await sidecar.operation( 'ordersList', {
					connection: them().connection,
				} )
			).toEqual( before );
			await self().owner.must(
				'POST',
				'pearlbridge/v1/webhooks/repair',
				{}
			);
		}, 60_000 );

		test( 'what is signed for the one opens no route of the other’s plugin', async () => {
			const [ signed ] =
				self().shop.gate.requests( /\/sidecar\/outbox\?/ );
			const send = ( { shop }: Side ): Promise< Response > =>
				fetch( `${ shop.url }${ signed!.path }`, {
					headers: Object.fromEntries(
						Object.entries( signed!.headers ).filter(
							( [ name ] ) => name.startsWith( 'x-bridge-' )
						)
					),
				} );
			expect( ( await send( them() ) ).status ).toBe( 401 );
			// The very same at home is known and only comes too late: the key was what was wrong.
			expect( ( await send( self() ) ).status ).toBe( 409 );
		} );
	} );
} );
