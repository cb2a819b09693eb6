/**
 * A shop with our plugin, over real HTTP: it pairs, signs its calls to the sidecar, and answers
 * the sidecar's signed calls and the little of WooCommerce's API that keys are tried with.
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import {
	createServer,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pairGrantSchema } from '../../src/contracts/pairing.ts';
import { readHeaders } from '../../src/signing/headers.ts';
import { codeKeys } from '../../src/signing/pairing-code.ts';
import { proofOf } from '../../src/signing/proof.ts';
import { rotationKey, unseal } from '../../src/signing/seal.ts';
import { sign, verify, type SigningKey } from '../../src/signing/signature.ts';

export interface Answered {
	readonly status: number;
	readonly body: Record< string, unknown >;
	readonly headers: Headers;
}

export interface OutboxRow {
	readonly id: number;
	readonly kind: 'order' | 'product';
	readonly objectId: number;
	readonly at: number;
}

/** What the sidecar posts. */
interface GivenBody {
	readonly upTo?: number;
	readonly writes?: { id: number; seen: number; wanted: number }[];
	readonly orders?: { id: number; meta: Record< string, string | null > }[];
	readonly id?: number;
	readonly status?: string;
	readonly quiet?: boolean;
}

const STATUSES = [
	'pending',
	'processing',
	'on-hold',
	'completed',
	'cancelled',
	'refunded',
	'failed',
];

export interface SignOptions {
	readonly key?: SigningKey;
	/** Milliseconds since the epoch. */
	readonly now?: number;
	readonly nonce?: Uint8Array;
	/** What is signed, where it is another body than what is sent. */
	readonly signedBody?: string;
	readonly signedPath?: string;
	readonly headers?: Readonly< Record< string, string > >;
}

export interface FakePlugin {
	readonly home: string;
	siteId: string;
	/** The keys the plugin takes; the first is its own. */
	keys: SigningKey[];
	connection: string | null;
	/** The address of the sidecar. */
	sidecar: string;
	rows: OutboxRow[];
	/** `GET sidecar/outbox?after=0&limit=5000`, in order; those of the sidecar only. */
	readonly asked: string[];
	/** The same as they came, with what makes each address a new one. */
	readonly addresses: string[];
	/** Consumer keys the shop takes. */
	readonly consumerKeys: Set< string >;
	/** Orders WooCommerce was asked for one by one. */
	readonly orderReads: number[];
	/** Answered to every call of the sidecar instead. */
	failure: { readonly status: number; readonly body: unknown } | null;
	stock: Map< number, number >;
	/** Orders the sidecar may write on. */
	readonly orders: Map<
		number,
		{ status: string; readonly meta: Record< string, string > }
	>;
	/** Statuses set with the customer's mails held back: order ids. */
	readonly quiet: number[];
	/** Its orders can be written on; older ones have no such routes. */
	writesOrders: boolean;
	/** Its page in wp-admin; null = the plugin is too old to say. */
	consentUrl: string | null;
	pair(
		code: string,
		change?: Readonly< Record< string, unknown > >
	): Promise< Answered >;
	/** A signed call of the sidecar. */
	call(
		method: string,
		path: string,
		body?: unknown,
		options?: SignOptions
	): Promise< Answered >;
	/** As the plugin does it: asks for the next key, proves it with a ping, goes on with it. */
	rotate(): Promise< void >;
	/** A delivery of WooCommerce; `signed` = with the headers our plugin adds. */
	deliver(
		order: number,
		options: {
			readonly secret: string;
			readonly source?: string;
			readonly signed?: boolean;
			readonly headers?: Readonly< Record< string, string > >;
		}
	): Promise< Answered >;
	/** WooCommerce's next answer waits for `go`; `reached` = it was asked. */
	hold(): { readonly reached: Promise< void >; readonly go: () => void };
	/** Refuses connections, as a network that is gone. */
	stop(): Promise< void >;
	start(): Promise< void >;
	close(): Promise< void >;
}

export async function createFakePlugin( {
	path = '',
	now = () => Date.now(),
}: {
	readonly path?: string;
	readonly now?: () => number;
} = {} ): Promise< FakePlugin > {
	const server = createServer( ( request, response ) => {
		void answer( request, response );
	} );
	let port = 0;
	let held: ( () => Promise< void > ) | null = null;
	const listen = () =>
		new Promise< void >( ( resolve ) => {
			server.listen( port, '127.0.0.1', () => {
				port = ( server.address() as AddressInfo ).port;
				resolve();
			} );
		} );
	const stop = () =>
		new Promise< void >( ( resolve ) => {
			server.closeAllConnections();
			server.close( () => resolve() );
		} );
	await listen();
	const home = `http://127.0.0.1:${ port }${ path }`;

	async function answer(
		request: IncomingMessage,
		response: ServerResponse
	): Promise< void > {
		const chunks: Buffer[] = [];
		for await ( const chunk of request ) {
			chunks.push( Buffer.from( chunk as Uint8Array ) );
		}
		const body = Buffer.concat( chunks );
		const url = ( request.url ?? '' ).slice( path.length );
		const send = ( status: number, value: unknown ): void => {
			response
				.writeHead( status, { 'content-type': 'application/json' } )
				.end( JSON.stringify( value ) );
		};
		const mine = /^\/wp-json\/pearlbridge\/v1\/(.*)$/.exec( url );
		if ( mine === null ) {
			const before = held;
			held = null;
			await before?.();
			return wooCommerce( url, request, send );
		}
		const route = mine[ 1 ] ?? '';
		plugin.asked.push(
			`${ request.method ?? '' } ${ route.replace( /[?&]n=[\w-]+$/, '' ) }`
		);
		plugin.addresses.push( route );
		if ( plugin.failure !== null ) {
			return send( plugin.failure.status, plugin.failure.body );
		}
		const headers = readHeaders( request.headers );
		const key = plugin.keys.find(
			( { keyId } ) => keyId === headers?.keyId
		);
		if (
			headers === null ||
			key === undefined ||
			verify(
				headers,
				key,
				{ method: request.method ?? '', path: url, body },
				now()
			) !== 'ok'
		) {
			return send( 401, {
				code: 'unknown-key',
				message: 'No.',
				data: { status: 401 },
			} );
		}
		return sidecarRoute( route, body, send );
	}

	function sidecarRoute(
		route: string,
		body: Buffer,
		send: ( status: number, value: unknown ) => void
	): void {
		const asked = new URL( route, 'http://x/' );
		if ( asked.pathname === '/sidecar/outbox' ) {
			const after = Number( asked.searchParams.get( 'after' ) );
			const limit = Number( asked.searchParams.get( 'limit' ) );
			const rest = plugin.rows.filter( ( { id } ) => id > after );
			return send( 200, {
				items: rest.slice( 0, limit ),
				more: rest.length > limit,
			} );
		}
		if ( asked.pathname === '/sidecar/ping' ) {
			return send( 200, {
				siteId: plugin.siteId,
				pluginVersion: '1.0.0',
				wpVersion: '6.9',
				wcVersion: '10.4.0',
				home,
				...( plugin.consentUrl === null
					? {}
					: { consentUrl: plugin.consentUrl } ),
				time: Math.floor( now() / 1000 ),
			} );
		}
		const given = JSON.parse( body.toString() || '{}' ) as GivenBody;
		if ( asked.pathname === '/sidecar/outbox/ack' ) {
			plugin.rows = plugin.rows.filter(
				( { id } ) => id > ( given.upTo ?? 0 )
			);
			return send( 200, { acknowledged: 1 } );
		}
		if ( asked.pathname === '/sidecar/stock' ) {
			return send( 200, {
				results: ( given.writes ?? [] ).map( ( write ) => {
					const shown = plugin.stock.get( write.id );
					if ( shown === undefined ) {
						return {
							id: write.id,
							ok: false,
							quantity: null,
							code: 'not_managed',
							message: 'It keeps no stock.',
						};
					}
					const quantity = shown + write.wanted - write.seen;
					plugin.stock.set( write.id, quantity );
					return {
						id: write.id,
						ok: true,
						quantity,
						code: null,
						message: null,
					};
				} ),
			} );
		}
		if ( plugin.writesOrders && asked.pathname === '/sidecar/order-meta' ) {
			return send( 200, {
				results: ( given.orders ?? [] ).map( ( { id, meta } ) =>
					writeMeta( id, meta )
				),
			} );
		}
		if (
			plugin.writesOrders &&
			asked.pathname === '/sidecar/order-status'
		) {
			return setStatus( given, send );
		}
		return send( 404, { code: 'rest_no_route', message: 'No route.' } );
	}

	function writeMeta( id: number, meta: Record< string, string | null > ) {
		const order = plugin.orders.get( id );
		for ( const [ key, value ] of Object.entries( meta ) ) {
			if ( order !== undefined && value === null ) {
				Reflect.deleteProperty( order.meta, key );
			} else if ( order !== undefined && value !== null ) {
				order.meta[ key ] = value;
			}
		}
		return {
			id,
			ok: order !== undefined,
			code: order === undefined ? 'unknown_order' : null,
			message: order === undefined ? 'There is no such order.' : null,
		};
	}

	function setStatus(
		{ id = 0, status = '', quiet }: GivenBody,
		send: ( answer: number, value: unknown ) => void
	): void {
		const order = plugin.orders.get( id );
		if ( order === undefined ) {
			return send( 404, { code: 'unknown_order', message: 'No order.' } );
		}
		if ( ! STATUSES.includes( status ) ) {
			return send( 400, {
				code: 'unknown_status',
				message: 'No status.',
			} );
		}
		const changed = order.status !== status;
		order.status = status;
		if ( changed && quiet === true ) {
			plugin.quiet.push( id );
		}
		send( 200, { id, status, changed } );
	}

	function wooCommerce(
		url: string,
		{ headers }: IncomingMessage,
		send: ( status: number, value: unknown ) => void
	): void {
		const key = /oauth_consumer_key="([^"]+)"/.exec(
			headers.authorization ?? ''
		)?.[ 1 ];
		if ( key === undefined || ! plugin.consumerKeys.has( key ) ) {
			return send( 401, {
				code: 'woocommerce_rest_authentication_error',
				message: 'Consumer key is invalid.',
				data: { status: 401 },
			} );
		}
		const order = /^\/wp-json\/wc\/v3\/orders\/(\d+)/.exec( url )?.[ 1 ];
		if ( order !== undefined ) {
			plugin.orderReads.push( Number( order ) );
			return send( 404, {
				code: 'woocommerce_rest_shop_order_invalid_id',
				message: 'Invalid ID.',
				data: { status: 404 },
			} );
		}
		return send( 200, [] );
	}

	const own = (): SigningKey => {
		const [ key ] = plugin.keys;
		if ( key === undefined ) {
			throw new Error( 'This shop is not paired.' );
		}
		return key;
	};

	async function send(
		method: string,
		route: string,
		body: string,
		headers: Readonly< Record< string, string > >
	): Promise< Answered > {
		const response = await fetch( `${ plugin.sidecar }${ route }`, {
			method,
			headers,
			...( body === '' ? {} : { body } ),
		} );
		const text = await response.text();
		return {
			status: response.status,
			body: text === '' ? {} : ( JSON.parse( text ) as never ),
			headers: response.headers,
		};
	}

	const plugin: FakePlugin = {
		home,
		siteId: randomUUID(),
		keys: [],
		connection: null,
		sidecar: '',
		rows: [],
		asked: [],
		addresses: [],
		consumerKeys: new Set(),
		orderReads: [],
		failure: null,
		stock: new Map(),
		orders: new Map(),
		quiet: [],
		writesOrders: true,
		consentUrl: `${ home }/blog/wp-admin/admin.php?page=pearlbridge`,
		async pair( code, change = {} ) {
			const { proofKey, sealKey } = codeKeys( code );
			const body = JSON.stringify( {
				connection: null,
				storeUrl: home,
				siteId: plugin.siteId,
				pluginVersion: '1.0.0',
				wpVersion: '6.9',
				wcVersion: '10.4.0',
				time: Math.floor( now() / 1000 ),
				...change,
			} );
			const proof = proofOf( proofKey, Buffer.from( body ) );
			const answered = await send( 'POST', '/v1/pair', body, {
				'content-type': 'application/json',
				'x-bridge-proof': proof.toString( 'base64' ),
			} );
			if ( answered.status === 200 ) {
				const opened = unseal(
					sealKey,
					String( answered.body[ 'sealed' ] ),
					proof
				);
				const grant = pairGrantSchema.parse(
					JSON.parse( Buffer.from( opened ?? [] ).toString() )
				);
				plugin.keys = [
					{
						keyId: grant.keyId,
						secret: Buffer.from( grant.secret, 'base64' ),
					},
				];
				plugin.connection = grant.connection;
			}
			return answered;
		},
		call( method, route, body, options = {} ) {
			const text = body === undefined ? '' : JSON.stringify( body );
			return send( method, route, text, {
				...( text === ''
					? {}
					: { 'content-type': 'application/json' } ),
				...sign(
					options.key ?? own(),
					{
						method,
						path: options.signedPath ?? route,
						body: Buffer.from( options.signedBody ?? text ),
					},
					{
						now: options.now ?? now(),
						nonce: options.nonce ?? randomBytes( 16 ),
					}
				),
				...options.headers,
			} );
		},
		async rotate() {
			const current = own();
			const { body } = await plugin.call( 'POST', '/v1/rotate', {} );
			const opened = unseal(
				rotationKey( current.secret ),
				String( body[ 'sealed' ] ),
				Buffer.from( current.keyId )
			);
			const next = JSON.parse(
				Buffer.from( opened ?? [] ).toString()
			) as {
				keyId: string;
				secret: string;
			};
			const key = {
				keyId: next.keyId,
				secret: Buffer.from( next.secret, 'base64' ),
			};
			plugin.keys = [ current, key ];
			const ping = await plugin.call( 'GET', '/v1/ping', undefined, {
				key,
			} );
			if ( ping.status !== 200 ) {
				throw new Error( 'The next key was refused.' );
			}
			plugin.keys = [ key, current ];
		},
		deliver( order, { secret, source, signed = false, headers = {} } ) {
			const body = JSON.stringify( { id: order } );
			const route = `/webhooks/woocommerce/${ plugin.connection ?? '' }`;
			return send( 'POST', route, body, {
				'content-type': 'application/json',
				'x-wc-webhook-signature': createHmac( 'sha256', secret )
					.update( body )
					.digest( 'base64' ),
				'x-wc-webhook-topic': 'order.updated',
				'x-wc-webhook-resource': 'order',
				'x-wc-webhook-id': '7',
				'x-wc-webhook-source': source ?? `${ home }/`,
				...( signed
					? sign(
							own(),
							{
								method: 'POST',
								path: route,
								body: Buffer.from( body ),
							},
							{ now: now(), nonce: randomBytes( 16 ) }
						)
					: {} ),
				...headers,
			} );
		},
		hold() {
			const { promise: reached, resolve: reach } =
				Promise.withResolvers< void >();
			const { promise: gone, resolve: go } =
				Promise.withResolvers< void >();
			held = () => {
				reach();
				return gone;
			};
			return { reached, go };
		},
		stop,
		start: listen,
		close: async () => {
			if ( server.listening ) {
				await stop();
			}
		},
	};
	return plugin;
}
