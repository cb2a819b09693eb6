/** The shop sandbox: WooCommerce's REST as its people use it, and its control addresses. */
import { seededHex } from '../../../src/sandbox/shop/random.ts';
import type { Started } from '../harness.ts';
import { send, signed } from './send.ts';
import type { LoggedRequest, Sold, WooOrder } from './shapes.ts';

/** The sandboxes' default. */
const SEED = 1;

export interface ShopAccess {
	readonly url: string;
	readonly consumerKey: string;
	readonly consumerSecret: string;
	readonly webhookSecret: string;
	/** A second key of the shop, which may only read. */
	readonly readOnly: {
		readonly consumerKey: string;
		readonly consumerSecret: string;
	};
	control< T >( path: string, body?: unknown, method?: string ): Promise< T >;
	/** Signed, below `/wp-json/wc/v3/`; throws on anything but 2xx. */
	rest< T >( method: string, route: string, body?: unknown ): Promise< T >;
	order( id: number ): Promise< WooOrder >;
	/** Paid by card, without coupon and fee, unless the wish says otherwise. */
	sell( wish?: Readonly< Record< string, unknown > > ): Promise< Sold >;
	/** One order's id. */
	sellOne( wish?: Readonly< Record< string, unknown > > ): Promise< number >;
	stock( sku: string ): Promise< number >;
	setStock( sku: string, quantity: number ): Promise< void >;
	fault( fault: Readonly< Record< string, unknown > > ): Promise< void >;
	clearFaults(): Promise< void >;
	requests( after?: number ): Promise< readonly LoggedRequest[] >;
	lastRequest(): Promise< number >;
}

export function shopAccess( ready: Started[ 'ready' ] ): ShopAccess {
	const url = ready.url;
	const keys = ready as unknown as Pick<
		ShopAccess,
		'consumerKey' | 'consumerSecret' | 'webhookSecret'
	>;
	const control = < T >(
		path: string,
		body?: unknown,
		method = body === undefined ? 'GET' : 'POST'
	) => send< T >( method, `${ url }/_sandbox/${ path }`, body );
	const access: ShopAccess = {
		url,
		consumerKey: keys.consumerKey,
		consumerSecret: keys.consumerSecret,
		webhookSecret: keys.webhookSecret,
		readOnly: {
			consumerKey: `ck_${ seededHex( SEED, 'read only key' ) }`,
			consumerSecret: `cs_${ seededHex( SEED, 'read only secret' ) }`,
		},
		control,
		rest( method, route, body ) {
			const address = `${ url }/wp-json/wc/v3/${ route }`;
			return send( method, address, body, {
				authorization: signed(
					method,
					address,
					keys.consumerKey,
					keys.consumerSecret
				),
			} );
		},
		order: ( id ) => access.rest( 'GET', `orders/${ id }` ),
		sell: ( wish = {} ) =>
			control( 'sell', {
				coupon: false,
				fee: false,
				paymentMethod: 'stripe',
				...wish,
			} ),
		async sellOne( wish = {} ) {
			const sold = await access.sell( wish );
			return sold.orders[ 0 ]!.id;
		},
		async stock( sku ) {
			const { stock } = await control< {
				stock: Record< string, number >;
			} >( 'state' );
			return stock[ sku ]!;
		},
		async setStock( sku, quantity ) {
			await control( 'stock', { sku, quantity } );
		},
		async fault( fault ) {
			await control( 'faults', fault );
		},
		async clearFaults() {
			await control( 'faults', undefined, 'DELETE' );
		},
		async requests( after = 0 ) {
			const { items } = await control< { items: LoggedRequest[] } >(
				`requests?after=${ after }`
			);
			return items;
		},
		async lastRequest() {
			const { requests } = await control< { requests: number } >(
				'state'
			);
			return requests;
		},
	};
	return access;
}
