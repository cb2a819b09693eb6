/** A real WordPress with the built plugin and WooCommerce, and what its owner and shoppers do. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSite, type Site } from '../../../../build/wordpress.mjs';
import { eventually } from '../../harness.ts';
import { openGate, type Gate } from './gate.ts';
import { signIn, type Person } from './person.ts';

const WAYS = fileURLToPath( new URL( '../site/ways.php', import.meta.url ) );

export type Way = 'classic' | 'block' | 'rest';

export interface Shop {
	readonly site: Site;
	/** The shop's `home`, through which everybody reaches it. */
	readonly url: string;
	/** In front of the shop. */
	readonly gate: Gate;
	/** Signed in as the administrator; made once. */
	owner(): Promise< Person >;
	/** A new user of this role, signed in. */
	as( role: string ): Promise< Person >;
	/** A product with stock; answers its id. */
	product( sku: string, stock?: number ): Promise< number >;
	/** An order made in this way; answers its id. */
	order( way: Way, product: number, quantity?: number ): Promise< number >;
	/** At the machine itself, when the network in front of it is gone. */
	orderOnTheSpot( product: number ): Promise< number >;
	/**
	 * Runs PHP in a request to the site; what it printed. (`site.evaluate` holds up this process,
	 * and with it the gates.)
	 */
	run( code: string ): Promise< string >;
	/** Rows of the plugin's outbox: the ids of their orders, oldest first. */
	outbox(): readonly number[];
	/** The site is opened under another address from now on: copied or moved. */
	moveTo( home: string ): Promise< void >;
	end(): Promise< void >;
}

export async function openShop(
	options: { readonly activate?: boolean } = {}
): Promise< Shop > {
	const gate = await openGate();
	const site = await makeSite( {
		...options,
		constants: { WP_HOME: gate.url, WP_SITEURL: gate.url },
		say: () => {},
	} ).catch( async ( error: unknown ) => {
		await gate.end();
		throw error;
	} );
	gate.leadTo( Number( new URL( site.url ).port ) );
	cpSync( WAYS, join( site.dir, 'wp-content/mu-plugins/ways.php' ) );
	let home = gate.url;
	let owner: Promise< Person > | null = null;
	const shop: Shop = {
		site,
		gate,
		get url() {
			return home;
		},
		owner() {
			owner ??= signIn( home, site.admin );
			return owner;
		},
		async as( role ) {
			const name = role.replaceAll( '_', '-' );
			site.evaluate(
				`username_exists( '${ name }' ) || wp_insert_user( array( 'user_login' => '${ name }', 'user_pass' => 'open sesame', 'user_email' => '${ name }@example.test', 'role' => '${ role }' ) );`
			);
			return signIn( home, { user: name, password: 'open sesame' } );
		},
		async product( sku, stock = 100 ) {
			const { id } = await (
				await shop.owner()
			).must< { id: number } >( 'POST', 'wc/v3/products', {
				name: sku,
				sku,
				type: 'simple',
				status: 'publish',
				regular_price: '10.00',
				manage_stock: true,
				stock_quantity: stock,
			} );
			return id;
		},
		async order( way, product, quantity = 1 ) {
			if ( way === 'rest' ) {
				return restOrder( await shop.owner(), product, quantity );
			}
			return checkout( home, way, product, quantity );
		},
		orderOnTheSpot: ( product ) =>
			checkout( site.url, 'classic', product, 1 ),
		async run( code ) {
			const answer = await fetch( `${ site.url }/?pearlbridge_way=run`, {
				method: 'POST',
				body: code,
			} );
			const text = await answer.text();
			if ( ! answer.ok ) {
				throw new Error( `PHP: ${ code }\n${ text.slice( 0, 2000 ) }` );
			}
			return text;
		},
		outbox: () =>
			JSON.parse(
				site.evaluate(
					'global $wpdb; echo wp_json_encode( array_map( "intval", $wpdb->get_col( "SELECT object_id FROM {$wpdb->prefix}pearlbridge_outbox ORDER BY id" ) ) );'
				)
			) as number[],
		async moveTo( to ) {
			const path = join( site.dir, 'wp-config.php' );
			writeFileSync(
				path,
				readFileSync( path, 'utf8' ).replaceAll(
					`'${ home }'`,
					`'${ to }'`
				)
			);
			home = to;
			owner = null;
			// PHP looks at a file it has compiled every two seconds only.
			await eventually( `the shop calls itself ${ to }`, async () => {
				const answer = await fetch( `${ to }/wp-json/?_fields=home` );
				const said = ( await answer.json() ) as { home: string };
				return said.home === to;
			} );
		},
		async end() {
			await gate.end();
			await site.stop();
		},
	};
	return shop;
}

async function checkout(
	home: string,
	way: Way,
	product: number,
	quantity: number
): Promise< number > {
	const answer = await fetch(
		`${ home }/?pearlbridge_way=${ way }&product=${ product }&quantity=${ quantity }`,
		{ method: 'POST' }
	);
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error( `The checkout answered: ${ text }` );
	}
	return ( JSON.parse( text ) as { id: number } ).id;
}

async function restOrder(
	owner: Person,
	product: number,
	quantity: number
): Promise< number > {
	const address = {
		first_name: 'Ada',
		last_name: 'Byron',
		address_1: '1 Harbour Street',
		city: 'Bristol',
		postcode: 'BS1 5TX',
		country: 'GB',
	};
	const { id } = await owner.must< { id: number } >( 'POST', 'wc/v3/orders', {
		status: 'processing',
		currency: 'GBP',
		payment_method: 'stripe',
		payment_method_title: 'Card',
		transaction_id: 'tx_rest',
		billing: { ...address, email: 'ada@example.test' },
		shipping: address,
		line_items: [ { product_id: product, quantity } ],
		set_paid: true,
	} );
	return id;
}
