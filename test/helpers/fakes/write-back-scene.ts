/**
 * A connection whose orders are in Brightpearl already, and a shop in memory that may be written
 * on: it keeps meta, notes and statuses, and counts every write.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	Brightpearl,
	ChangedOrder,
} from '../../../src/brightpearl/api.ts';
import { connectionFileSchema } from '../../../src/contracts/connection.ts';
import type { Database, OrderLink } from '../../../src/contracts/database.ts';
import type { ProblemDraft } from '../../../src/contracts/problem.ts';
import {
	fail,
	hold,
	ok,
	retry,
	type Failure,
	type Result,
} from '../../../src/contracts/result.ts';
import { settingsSchema } from '../../../src/contracts/settings.ts';
import type {
	Store,
	StoreNote,
	StoreOrder,
} from '../../../src/contracts/store.ts';
import { openDatabase } from '../../../src/database/open.ts';
import type { Connected } from '../../../src/flows/connected.ts';
import { createEvents } from '../../../src/flows/events.ts';
import { writeBack } from '../../../src/flows/orders/write-back.ts';
import {
	manualClock,
	memoryLogger,
	seededRandom,
} from '../../battery/bench.ts';
import { anOrder } from '../an-order.ts';
import { refusing } from './refusing.ts';

export const NAME = 'main';
export const NEW = 1;
export const SHIPPED = 4;
const START = Date.UTC( 2026, 6, 2, 12 );

export interface WriteBackScene {
	readonly database: Database;
	readonly orders: Map< number, StoreOrder >;
	readonly notes: StoreNote[];
	/** `status 1 completed quiet`, in order; refused ones are none. */
	readonly writes: string[];
	/** What Brightpearl says that changed, and since when it was asked. */
	readonly changed: ChangedOrder[];
	readonly askedSince: string[];
	/** Before a write is done: answered instead. */
	refuse: ( what: string ) => Failure | null;
	/** The write is done, and its answer lost. */
	lose: ( what: string ) => boolean;
	/** Null = Brightpearl answers. */
	outage: Failure | null;
	hasPlugin: boolean;
	now(): number;
	advance( by: number ): Promise< void >;
	connected( writeBack?: Record< string, unknown > ): Connected;
	/** An order of the shop that is in Brightpearl with this status. */
	put(
		id: number,
		statusId: number,
		more?: Partial< StoreOrder >
	): Promise< void >;
	/** As the end of the order's task does it, with what both sides show now. */
	write( connected: Connected, id: number ): Promise< Result< OrderLink > >;
	/** Staff change the status, and the order's task reads it. */
	move( id: number, statusId: number ): Promise< void >;
	link( id: number ): Promise< OrderLink >;
	/** Keys of tasks that wait. */
	tasks(): Promise< string[] >;
	/** `writeBack.mails: message` of the connection's refusals. */
	problems(): Promise< string[] >;
	close(): Promise< void >;
}

export function refusedDraft( field: string ): ProblemDraft {
	return {
		code: 'write-back-refused',
		message: `Refused by ${ field }.`,
		cause: null,
		fix: null,
		field,
	};
}

export async function createWriteBackScene(): Promise< WriteBackScene > {
	const directory = mkdtempSync( join( tmpdir(), 'pearlbridge-back-' ) );
	const clock = manualClock( START );
	const world = {
		clock,
		random: seededRandom(),
		logger: memoryLogger(),
		fetch: () => Promise.reject( new Error( 'No network here.' ) ),
	};
	const database = await openDatabase( {
		path: join( directory, 'test.db' ),
		key: new Uint8Array( 32 ),
		clock,
		random: world.random,
		logger: world.logger,
		owner: 'test',
		exclusive: true,
	} );
	await database.connections.put(
		connectionFileSchema.parse( {
			name: NAME,
			store: {
				type: 'woocommerce',
				url: 'https://shop.example.test',
				consumerKey: 'ck_test',
				consumerSecret: 'cs_test',
			},
			brightpearl: {
				account: 'acme',
				apiDomain: 'euw1.brightpearlconnect.com',
				auth: {
					type: 'private-app',
					appRef: 'acme_test',
					accountToken: 'token',
				},
			},
			settings: {},
		} )
	);

	async function attempt(
		what: string,
		orderId: number,
		change: ( order: StoreOrder ) => void
	): Promise< Result< true | null > > {
		const refused = scene.refuse( what );
		if ( refused !== null ) {
			return fail( refused );
		}
		const order = scene.orders.get( orderId );
		if ( order === undefined ) {
			return ok( null );
		}
		change( order );
		scene.writes.push( what );
		return scene.lose( what )
			? retry( 'store', 'outage', 'Lost.', { outcomeUnknown: true } )
			: ok( true );
	}

	const store = refusing< Store >(
		{
			orderNotes: async () => ok( [ ...scene.notes ] ),
			writeOrderMeta: ( id, meta ) =>
				attempt(
					`meta ${ id } ${ Object.keys( meta ).join( ' ' ) }`,
					id,
					( order ) =>
						scene.orders.set( id, {
							...order,
							meta: {
								...order.meta,
								...( meta as Record< string, string > ),
							},
						} )
				),
			addPrivateNote: ( id, text ) =>
				attempt( `note ${ id }`, id, () => {
					scene.notes.push( {
						id: scene.notes.length + 1,
						text,
						addedAt: new Date( clock.now() ).toISOString(),
						toCustomer: false,
					} );
				} ),
			async writeOrderStatus( id, status, { quiet } ) {
				if ( quiet && ! scene.hasPlugin ) {
					return hold( refusedDraft( 'writeBack.mails' ) );
				}
				if ( status === 'packed' ) {
					return hold( refusedDraft( 'writeBack.status' ) );
				}
				return attempt(
					`status ${ id } ${ status } ${ quiet ? 'quiet' : 'loud' }`,
					id,
					( order ) => scene.orders.set( id, { ...order, status } )
				);
			},
		},
		'Nothing else of the shop is asked.'
	);
	const brightpearl = refusing< Brightpearl >(
		{
			account: 'acme',
			orderStatuses: async () =>
				scene.outage === null
					? ok( [
							{ id: NEW, name: 'New web order', disabled: false },
							{ id: SHIPPED, name: 'Shipped', disabled: false },
						] )
					: fail( scene.outage ),
			async *changedSalesOrders( since ) {
				scene.askedSince.push( since );
				if ( scene.outage !== null ) {
					yield fail( scene.outage );
					return;
				}
				yield ok(
					scene.changed.filter(
						( order ) =>
							Date.parse(
								order.updatedOn ?? order.createdOn ?? ''
							) >= Date.parse( since )
					)
				);
			},
		},
		'Nothing else of Brightpearl is asked.'
	);

	const scene: WriteBackScene = {
		database,
		orders: new Map(),
		notes: [],
		writes: [],
		changed: [],
		askedSince: [],
		refuse: () => null,
		lose: () => false,
		outage: null,
		hasPlugin: true,
		now: () => clock.now(),
		advance: ( by ) => clock.advance( by ),
		connected: ( wanted = {} ) => ( {
			name: NAME,
			storeUrl: 'https://shop.example.test',
			settings: settingsSchema.parse( {
				goLive: '2026-01-01T00:00:00Z',
				writeBack: wanted,
			} ),
			store,
			brightpearl,
			database,
			world,
			events: createEvents(),
		} ),
		async put( id, statusId, more = {} ) {
			const order = anOrder( { id, number: `${ id }`, ...more } );
			scene.orders.set( id, order );
			const part = { mark: '', found: null };
			await database.orderLinks.save( NAME, id, {
				state: 'synced',
				number: order.number,
				storeStatus: order.status,
				salesOrderId: 20000 + id,
				pushed: {
					storeStatus: order.status,
					statusId,
					rows: [],
					parts: {
						reference: part,
						billing: part,
						delivery: part,
						shippingMethod: part,
					},
				},
				brightpearl: {
					salesOrderId: 20000 + id,
					externalRef: null,
					reference: null,
					contactId: null,
					statusId,
					total: '37.77',
					tax: '5.00',
					allocation: 'all',
					cancelled: false,
					payments: [],
					credits: [],
				},
			} );
		},
		async write( connected, id ) {
			const order = scene.orders.get( id );
			if ( order === undefined ) {
				throw new Error( `The shop has no order ${ id }.` );
			}
			const link = await database.orderLinks.save( NAME, id, {
				storeStatus: order.status,
			} );
			return writeBack( connected, order, link );
		},
		async move( id, statusId ) {
			const { brightpearl: shown } = await scene.link( id );
			await database.orderLinks.save( NAME, id, {
				brightpearl: shown === null ? null : { ...shown, statusId },
			} );
		},
		async link( id ) {
			const link = await database.orderLinks.find( NAME, id );
			if ( link === null ) {
				throw new Error( `There is no link of order ${ id }.` );
			}
			return link;
		},
		async tasks() {
			const keys: string[] = [];
			for (;;) {
				const task = await database.queue.claim();
				if ( task === null ) {
					return keys.sort();
				}
				keys.push(
					`${ task.key }${ task.payload.lookAtBrightpearl === true ? ' look' : '' }`
				);
				await database.queue.settle( task.lease, { kind: 'done' } );
			}
		},
		async problems() {
			const open = await database.problems.list( {
				connection: NAME,
				subject: `connection:${ NAME }`,
			} );
			return open.map( ( { code, field } ) => `${ code } ${ field }` );
		},
		async close() {
			await database.close();
			rmSync( directory, { recursive: true, force: true } );
		},
	};
	return scene;
}
