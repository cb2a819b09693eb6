/**
 * Puts our copies of Brightpearl's lists in front of the services that ask for one thing at a
 * time. One set of copies for all client objects of a connection.
 */
import type {
	BundleCache,
	Cache,
	ContactCache,
	ProductCache,
} from '../contracts/database.ts';
import type { Meter } from '../contracts/meter.ts';
import { ok, type Result } from '../contracts/result.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import type { ContactsApi, CopiesApi, Lane, ProductsApi } from './api.ts';
import { bundleComponents } from './bundle-components.ts';
import type { Ask } from './call.ts';
import { createContactResolver } from './contact-resolver.ts';
import { createProducts } from './product-refresh.ts';

/** Where copies are kept. */
export interface CopyStores {
	readonly contacts: ContactCache;
	readonly products: ProductCache;
	readonly bundles: BundleCache;
}

export interface CopyParts {
	readonly account: string;
	readonly cache: Cache;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly meter: Meter;
	/** Requests nobody's run is charged with. */
	readonly askIn: ( lane: Lane ) => Ask;
	/** Requests a minute. */
	readonly limit: () => number;
	/** Orders that are worked on. */
	readonly company: () => number;
}

/** What a copy is put in front of. */
export interface Uncopied {
	readonly ask: Ask;
	readonly lane: Lane;
	readonly contacts: Pick< ContactsApi, 'contactsByEmail' | 'createContact' >;
	readonly products: Pick< ProductsApi, 'productsBySku' | 'products' >;
}

export type Copied = CopiesApi &
	Pick< ContactsApi, 'contactsByEmail' | 'createContact' >;

export function createCopies(
	parts: CopyParts,
	stores: CopyStores
): ( from: Uncopied ) => Copied {
	const { account, meter } = parts;
	const { bundles } = stores;
	const contacts = createContactResolver( { ...parts, ...stores } );
	const products = createProducts( { ...parts, ...stores } );
	return ( from ) => ( {
		contactsByEmail: ( email, fresh = false ) =>
			contacts.byEmail( from, email, fresh ),
		forgetContact: contacts.forget,
		async createContact( body ) {
			const made = await from.contacts.createContact( body );
			if ( made.ok ) {
				await contacts.made( body.email, made.value );
			}
			return made;
		},
		refreshProducts: ( options = {} ) => products.refresh( from, options ),
		resolveSkus: ( skus, trust = 'recent' ) =>
			products.bySkus( from, skus, trust ),
		bundleComponents: ( ids ) =>
			bundleComponents(
				{ account, bundles, meter, read: from.products.products },
				ids
			),
	} );
}

/** The same where nothing is kept: each is asked for. */
export function withoutCopies( from: Uncopied ): Copied {
	return {
		contactsByEmail: ( email ) => from.contacts.contactsByEmail( email ),
		forgetContact: async () => {},
		createContact: ( body ) => from.contacts.createContact( body ),
		refreshProducts: async () => ok( false ),
		resolveSkus: ( skus ) =>
			each( skus, ( sku ) => from.products.productsBySku( sku ) ),
		async bundleComponents( ids ) {
			const found = await from.products.products( ids );
			return found.ok
				? ok(
						new Map(
							found.value.map( ( { productId, components } ) => [
								productId,
								components,
							] )
						)
					)
				: found;
		},
	};
}

async function each< Key, Value >(
	keys: readonly Key[],
	ask: ( key: Key ) => Promise< Result< Value > >
): Promise< Result< ReadonlyMap< Key, Value > > > {
	const found = new Map< Key, Value >();
	for ( const key of new Set( keys ) ) {
		const answer = await ask( key );
		if ( ! answer.ok ) {
			return answer;
		}
		found.set( key, answer.value );
	}
	return ok( found );
}
