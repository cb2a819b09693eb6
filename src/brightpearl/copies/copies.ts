/**
 * Puts our copies of Brightpearl's lists in front of the services that ask for one thing at a
 * time. One set of copies for all client objects of a connection.
 */
import { ok, type Result } from '../../contracts/result.ts';
import type { ContactsApi, CopiesApi, Lane, ProductsApi } from '../api.ts';
import { bundleComponents } from './bundle-components.ts';
import type { Ask } from '../transport/call.ts';
import { createContactResolver } from './contact-resolver.ts';
import type { CopyParts, CopyStores } from './copy-parts.ts';
import { createProducts } from './product-refresh.ts';

/** What a copy is put in front of. */
export interface Uncopied {
	readonly ask: Ask;
	readonly lane: Lane;
	readonly contacts: Pick< ContactsApi, 'contactsByEmail' | 'createContact' >;
	readonly products: Pick< ProductsApi, 'productsBySku' | 'products' >;
}

export type Copied = CopiesApi &
	Pick< ContactsApi, 'contactsByEmail' | 'createContact' >;

/** The copies of one account, for whoever asks. */
export interface Copies {
	of( from: Uncopied ): Copied;
	/** Sends those who wait for company away. */
	close(): void;
}

export function createCopies( parts: CopyParts, stores: CopyStores ): Copies {
	const { account, meter } = parts;
	const { bundles } = stores;
	const contacts = createContactResolver( { ...parts, ...stores } );
	const products = createProducts( { ...parts, ...stores } );
	const of = ( from: Uncopied ): Copied => ( {
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
	return {
		of,
		close() {
			contacts.close();
			products.close();
		},
	};
}

/** The same where nothing is kept: each is asked for. */
export const withoutCopies: Copies = { of: uncopied, close() {} };

function uncopied( from: Uncopied ): Copied {
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
