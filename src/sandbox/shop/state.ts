/**
 * The shop on disk: one JSON file, written beside itself and renamed, so that it is always
 * whole; saved shortly after a change and at the end.
 */
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type {
	Order,
	Product,
	ShopSettings,
	TaxRate,
	Webhook,
} from './model.ts';
import { createSeededRandom } from './random.ts';
import { isMissingFile } from './rest.ts';
import type { Counters, Shop } from './shop.ts';

const VERSION = 1;

/** From a change to the file. */
const DELAY = 250;

/** Our own file: its frame is checked, its records are trusted. */
const stateSchema = z.object( {
	version: z.literal( VERSION ),
	seed: z.number(),
	random: z.number(),
	port: z.number(),
	settings: z.custom< ShopSettings >( isObject ),
	counters: z.custom< Counters >( isObject ),
	rates: z.custom< TaxRate[] >( Array.isArray ),
	customers: z.array( z.tuple( [ z.string(), z.number() ] ) ),
	products: z.custom< Product[] >( Array.isArray ),
	orders: z.custom< Order[] >( Array.isArray ),
	webhooks: z.custom< Webhook[] >( Array.isArray ),
} );

type State = z.infer< typeof stateSchema >;

function isObject( value: unknown ): boolean {
	return typeof value === 'object' && value !== null;
}

/** Null when there is no file yet; a file that is none of ours is an error, never overwritten. */
export function readState( file: string ): State | null {
	let text: string;
	try {
		text = readFileSync( file, 'utf8' );
	} catch ( error ) {
		if ( isMissingFile( error ) ) {
			return null;
		}
		throw error;
	}
	try {
		return stateSchema.parse( JSON.parse( text ) );
	} catch ( cause ) {
		throw new Error(
			`${ file } is not a saved shop sandbox. Move it away to start with an empty shop.`,
			{ cause }
		);
	}
}

export function restore( shop: Shop, state: State ): void {
	shop.random = createSeededRandom( state.random );
	shop.settings = { ...shop.settings, ...state.settings };
	Object.assign( shop.counters, state.counters );
	shop.rates = state.rates;
	for ( const product of state.products ) {
		shop.catalog.add( product );
	}
	for ( const order of state.orders ) {
		shop.orders.set( order.id, order );
		if ( order.held_until !== null ) {
			shop.holds.add( order.id );
		}
	}
	for ( const webhook of state.webhooks ) {
		shop.webhooks.set( webhook.id, webhook );
	}
	for ( const [ email, id ] of state.customers ) {
		shop.customers.set( email, id );
	}
}

export interface Saver {
	/** The shop changed. */
	touch(): void;
	/** Saves what is not saved, and no more afterwards. */
	close(): Promise< void >;
}

export function createSaver(
	shop: Shop,
	port: number,
	file: string,
	onError: ( error: unknown ) => void
): Saver {
	let isDirty = false;
	let timer: NodeJS.Timeout | null = null;
	let saving = Promise.resolve();
	/** A large shop takes long to write: then it is written less often. */
	let lastTook = 0;

	const save = async (): Promise< void > => {
		if ( ! isDirty ) {
			return;
		}
		isDirty = false;
		const start = performance.now();
		const state: State = {
			version: VERSION,
			seed: shop.seed,
			random: shop.random.position(),
			port,
			settings: shop.settings,
			counters: shop.counters,
			rates: shop.rates,
			customers: [ ...shop.customers ],
			products: [ ...shop.catalog.all() ],
			orders: [ ...shop.orders.values() ],
			webhooks: [ ...shop.webhooks.values() ],
		};
		try {
			await mkdir( dirname( file ), { recursive: true } );
			// Webhook secrets are in it.
			await writeFile( `${ file }.new`, JSON.stringify( state ), {
				mode: 0o600,
			} );
			await rename( `${ file }.new`, file );
		} catch ( error ) {
			isDirty = true;
			onError( error );
		}
		lastTook = performance.now() - start;
	};
	const enqueue = (): Promise< void > => {
		saving = saving.then( save );
		return saving;
	};
	return {
		touch() {
			isDirty = true;
			timer ??= setTimeout(
				() => {
					timer = null;
					void enqueue();
				},
				Math.max( DELAY, lastTook * 10 )
			);
		},
		async close() {
			if ( timer ) {
				clearTimeout( timer );
				timer = null;
			}
			await enqueue();
		},
	};
}
