/**
 * A scene: both sandboxes, a connection between them and the service, each a process of its
 * own, and what the scenarios ask of them again and again.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type {
	Order,
	orderListSchema,
	Status,
} from '../../src/contracts/answers.ts';
import type { Problem } from '../../src/contracts/problem.ts';
import {
	ask,
	createBench,
	eventually,
	writeConnection,
	type Bench,
	type CliResult,
	type Started,
} from './harness.ts';
import { seededHex } from '../../src/sandbox/shop/random.ts';
import { decimal, money } from '../../src/domain/money.ts';

/** The sandboxes' default. */
const SEED = 1;
/** A minute of the throttle passes in a second. */
const SPEED = '60';
export const CONNECTION = 'main';
/** `orders.refPrefix` of a scene, unless it says otherwise. */
export const PREFIX = 'shop';
/** The recorded orders, for `/_sandbox/load-recorded`. */
export const RECORDED = fileURLToPath(
	new URL( '../data/woocommerce/orders', import.meta.url )
);

export interface SandboxAccount {
	readonly account: string;
	readonly apiDomain: string;
	readonly oauthUrl: string;
	readonly installationInstanceId: number;
	readonly privateApp: {
		readonly appRef: string;
		readonly accountToken: string;
		readonly staffToken: string;
	};
	readonly oauth: {
		readonly clientId: string;
		readonly clientSecret: string;
		readonly devRef: string;
		readonly refreshToken: string;
	};
}

/** A sales order as the sandbox describes it (`/_sandbox/state`). */
export interface SoldOrder {
	readonly id: number;
	readonly ref: string;
	readonly externalRef: string | null;
	readonly installedIntegrationInstanceId: number | null;
	readonly placedOn: string;
	readonly taxDate: string;
	readonly statusId: number;
	readonly cancelled: boolean;
	readonly channelId: number;
	readonly warehouseId: number;
	readonly shippingMethodId: number;
	readonly customerId: number;
	readonly email: string | null;
	readonly billingAddress: Readonly< Record< string, string | null > >;
	readonly deliveryAddress: Readonly< Record< string, string | null > >;
	readonly currency: string;
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	readonly paymentStatus: string;
	readonly allocation: 'ANR' | 'ANA' | 'APA' | 'AAA';
	readonly rows: readonly {
		readonly id: number;
		readonly productId: number;
		readonly sku: string;
		readonly name: string;
		readonly quantity: string;
		readonly net: string;
		readonly tax: string;
		readonly taxCode: string;
		readonly nominalCode: string;
		readonly externalRef: string | null;
	}[];
	readonly payments: readonly {
		readonly id: number;
		readonly transactionRef: string | null;
		readonly transactionCode: string | null;
		readonly methodCode: string;
		readonly type: string;
		readonly currency: string;
		readonly paid: string;
		readonly paidAt: string;
	}[];
	readonly reservation: {
		readonly warehouseId: number;
		readonly rows: Readonly<
			Record< string, { productId: number; quantity: number } >
		>;
	} | null;
}

export interface AccountState {
	readonly orders: readonly SoldOrder[];
	readonly contacts: readonly {
		readonly id: number;
		readonly firstName: string;
		readonly lastName: string;
		readonly email: string | null;
		readonly addressIds: Readonly< Record< string, number > >;
	}[];
	readonly addresses: number;
	readonly payments: number;
}

export interface LoggedRequest {
	readonly n: number;
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly fault: string | null;
}

type Line = {
	readonly id: number;
	readonly name: string;
	readonly sku: string | null;
	readonly quantity: number;
	readonly total: string;
	readonly total_tax: string;
};

/** The parts of WooCommerce's order that the scenarios hold against Brightpearl's. */
export interface WooOrder {
	readonly id: number;
	readonly number: string;
	readonly status: string;
	readonly currency: string;
	readonly date_created_gmt: string;
	readonly date_paid_gmt: string | null;
	readonly total: string;
	readonly total_tax: string;
	readonly transaction_id: string;
	readonly payment_method: string;
	readonly billing: Readonly< Record< string, string > >;
	readonly shipping: Readonly< Record< string, string > >;
	readonly line_items: readonly Line[];
	readonly shipping_lines: readonly {
		id: number;
		total: string;
		total_tax: string;
	}[];
	readonly fee_lines: readonly {
		id: number;
		total: string;
		total_tax: string;
	}[];
	readonly refunds: readonly { id: number }[];
}

export interface Sold {
	readonly orders: readonly {
		readonly id: number;
		readonly status: string;
		readonly total: string;
	}[];
	readonly refused: readonly { readonly code: string }[];
}

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

export interface BrightpearlAccess {
	readonly url: string;
	readonly accounts: readonly SandboxAccount[];
	control< T >( path: string, body?: unknown, method?: string ): Promise< T >;
	account( code: string ): SandboxAccount;
	state( code: string ): Promise< AccountState >;
	fault( fault: Readonly< Record< string, unknown > > ): Promise< void >;
	clearFaults(): Promise< void >;
	switches( change: Readonly< Record< string, unknown > > ): Promise< void >;
	requests( since?: number ): Promise< readonly LoggedRequest[] >;
	lastRequest(): Promise< number >;
	/** Brightpearl's own API, as staff or another app of the account use it: the whole answer. */
	api(
		account: string,
		method: string,
		path: string,
		body?: unknown
	): Promise< Response >;
}

export interface Stage {
	readonly shop: ShopAccess;
	readonly brightpearl: BrightpearlAccess;
	end(): Promise< void >;
}

function json( text: string ): unknown {
	return text === '' ? null : JSON.parse( text );
}

const encode = ( text: string ): string =>
	encodeURIComponent( text ).replace(
		/[!'()*]/g,
		( c ) => `%${ c.charCodeAt( 0 ).toString( 16 ).toUpperCase() }`
	);

/** OAuth 1.0a in the header, on code of its own. */
function signed(
	method: string,
	address: string,
	key: string,
	secret: string
): string {
	const url = new URL( address );
	const oauth: Record< string, string > = {
		oauth_consumer_key: key,
		oauth_nonce: randomBytes( 8 ).toString( 'hex' ),
		oauth_signature_method: 'HMAC-SHA256',
		oauth_timestamp: String( Math.floor( Date.now() / 1000 ) ),
	};
	const pairs = [ ...url.searchParams, ...Object.entries( oauth ) ]
		.map(
			( [ name, value ] ) => `${ encode( name ) }=${ encode( value ) }`
		)
		.sort();
	const base = [ method, url.origin + url.pathname, pairs.join( '&' ) ]
		.map( encode )
		.join( '&' );
	oauth[ 'oauth_signature' ] = createHmac( 'sha256', `${ secret }&` )
		.update( base )
		.digest( 'base64' );
	return `OAuth ${ Object.entries( oauth )
		.map( ( [ name, value ] ) => `${ name }="${ encode( value ) }"` )
		.join( ', ' ) }`;
}

async function send< T >(
	method: string,
	url: string,
	body?: unknown,
	headers: Readonly< Record< string, string > > = {}
): Promise< T > {
	const answer = await fetch( url, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		...( body === undefined ? {} : { body: JSON.stringify( body ) } ),
	} );
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error(
			`${ method } ${ url } answered ${ answer.status }: ${ text.slice( 0, 500 ) }`
		);
	}
	return json( text ) as T;
}

function shopAccess( ready: Started[ 'ready' ] ): ShopAccess {
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

function brightpearlAccess( ready: Started[ 'ready' ] ): BrightpearlAccess {
	const url = ready.url;
	const { accounts } = ready as unknown as { accounts: SandboxAccount[] };
	const control = < T >(
		path: string,
		body?: unknown,
		method = body === undefined ? 'GET' : 'POST'
	) => send< T >( method, `${ url }/_sandbox/${ path }`, body );
	const log = ( since: number ) =>
		control< { last: number; requests: LoggedRequest[] } >(
			`requests?since=${ since }`
		);
	return {
		url,
		accounts,
		control,
		account: ( code ) =>
			accounts.find( ( { account } ) => account === code )!,
		state: ( code ) => control( `state?account=${ code }` ),
		async fault( fault ) {
			await control( 'faults', fault );
		},
		async clearFaults() {
			await control( 'faults', [] );
		},
		async switches( change ) {
			await control( 'switches', change );
		},
		async requests( since = 0 ) {
			return ( await log( since ) ).requests;
		},
		async lastRequest() {
			return ( await log( 0 ) ).last;
		},
		api( code, method, path, body ) {
			const { privateApp } = accounts.find(
				( { account } ) => account === code
			)!;
			return fetch( `${ url }/public-api/${ code }${ path }`, {
				method,
				headers: {
					'content-type': 'application/json',
					'brightpearl-app-ref': privateApp.appRef,
					'brightpearl-staff-token': privateApp.staffToken,
				},
				...( body === undefined
					? {}
					: { body: JSON.stringify( body ) } ),
			} );
		},
	};
}

/** Both sandboxes; several connections may be made between them. */
export async function openStage(): Promise< Stage > {
	const bench = await createBench();
	const [ brightpearl, shop ] = await Promise.all(
		[ 'brightpearl', 'shop' ].map( ( kind ) =>
			bench.start( [ 'sandbox', kind, '--port', '0', '--speed', SPEED ] )
		)
	);
	return {
		shop: shopAccess( shop!.ready ),
		brightpearl: brightpearlAccess( brightpearl!.ready ),
		end: () => bench.end(),
	};
}

/** An hour ago: what is sold from now on is ours. */
export const hourAgo = (): string =>
	new Date( Date.now() - 3_600_000 ).toISOString();

/**
 * A go-live that is now, of which everything older is older: the shop tells times to the second.
 */
export async function goLiveNow(): Promise< string > {
	await pause( 1000 - ( Date.now() % 1000 ) );
	return new Date( Math.floor( Date.now() / 1000 ) * 1000 ).toISOString();
}

export function pause( ms: number ): Promise< void > {
	return new Promise( ( resolve ) => setTimeout( resolve, ms ) );
}

/** The British shop's mapping; nothing repeats by itself unless a scenario says so. */
export interface SceneSettings extends Readonly< Record< string, unknown > > {
	readonly orders: Readonly< Record< string, unknown > > & {
		readonly tax: readonly Readonly< Record< string, string > >[];
		readonly payments: Readonly< Record< string, string > >;
	};
	readonly stock: Readonly< Record< string, unknown > >;
}

export function gbSettings(): SceneSettings {
	return {
		goLive: hourAgo(),
		orders: {
			refPrefix: PREFIX,
			channelId: 7,
			payments: {
				stripe: 'CARD',
				paypal: 'PAYPAL',
				bacs: 'BACS',
				cod: 'CASH',
			},
			tax: [
				{ percent: '20', code: 'T20' },
				{ percent: '5', code: 'T5' },
				{ percent: '0', class: 'zero-rate', code: 'T0' },
				{ percent: '0', code: 'T9' },
				// A fee of a whole cart carries the rates of all its goods at once.
				{ percent: '25', code: 'T20' },
			],
		},
		sweep: { every: '12h', deep: '24h' },
		stock: { every: null, warehouses: [ 2 ] },
	};
}

export interface SceneOptions {
	readonly account?: string;
	/** With the private app an instance id is only known when it is given. */
	readonly instanceId?: boolean;
	/** OAuth instead of the private app. */
	readonly oauth?: boolean;
	readonly settings?: Readonly< Record< string, unknown > >;
	readonly log?: string;
	/** Where Brightpearl is reached, when not at the sandbox itself. */
	readonly apiDomain?: string;
}

export interface Scene extends Stage {
	readonly bench: Bench;
	readonly account: SandboxAccount;
	/** The file the connection was made from. */
	readonly file: ConnectionFile;
	/** The command line; what it said is looked through for secrets at the end. */
	cli( ...args: string[] ): Promise< CliResult >;
	/** The same, answering what it printed; throws when the exit code is another. */
	must< T >( exit: number, ...args: string[] ): Promise< T >;
	replace(
		change: ( file: ConnectionFile ) => ConnectionFile
	): Promise< CliResult >;
	serve(): Promise< Started >;
	/** Ends the service. */
	stop( signal?: NodeJS.Signals ): Promise< void >;
	/** The four webhooks of the shop, made over REST and pointed at the service as it runs now. */
	webhooks(): Promise< void >;
	/** What the command line would be told, asked of the service without a process each time. */
	operation< T >(
		name: string,
		input?: Readonly< Record< string, unknown > >
	): Promise< T >;
	orderOf( orderId: number ): Promise< Order | null >;
	/** Waits until the order is in this state. */
	order(
		orderId: number,
		state: string,
		patience?: number
	): Promise< Order >;
	problems(): Promise< readonly Problem[] >;
	status(): Promise< Status >;
	orders(): Promise< z.infer< typeof orderListSchema > >;
	state(): Promise< AccountState >;
	/** The one sales order that carries the order's reference. */
	soldOrder( orderId: number, state?: AccountState ): Promise< SoldOrder >;
	/** What Brightpearl has of the SKU in its main warehouse, less what is allocated. */
	onHand( sku: string ): Promise< number >;
	/** By hand in Brightpearl's main warehouse: `{ set }` or `{ change }` of what is there. */
	changeStock(
		sku: string,
		how: Readonly< Record< string, number > >
	): Promise< void >;
	/** Places where a secret was told that must not be; empty as it should be. */
	leaks(): Promise< string[] >;
}

export interface ConnectionFile {
	readonly name: string;
	readonly store: {
		readonly type: string;
		readonly url: string;
		readonly consumerKey: string;
		readonly consumerSecret: string;
		readonly webhookSecret: string;
	};
	readonly brightpearl: Readonly< Record< string, unknown > >;
	readonly settings: Readonly< Record< string, unknown > >;
}

/** A connection between the sandboxes of a stage, its data dir and its service. */
export async function openScene(
	stage: Stage,
	options: SceneOptions = {}
): Promise< Scene > {
	const { shop, brightpearl } = stage;
	const account = brightpearl.account( options.account ?? 'sandbox-gb' );
	const bench = await createBench( {
		env: { PEARLBRIDGE_LOG: options.log ?? 'debug' },
	} );
	const said: { readonly what: string; readonly text: () => string }[] = [];
	const { appRef, accountToken } = account.privateApp;
	const settings = options.settings ?? gbSettings();
	const { refPrefix = PREFIX } = ( settings[ 'orders' ] ?? {} ) as {
		refPrefix?: string;
	};
	let file: ConnectionFile = {
		name: CONNECTION,
		store: {
			type: 'woocommerce',
			url: shop.url,
			consumerKey: shop.consumerKey,
			consumerSecret: shop.consumerSecret,
			webhookSecret: shop.webhookSecret,
		},
		brightpearl: {
			account: account.account,
			apiDomain: options.apiDomain ?? account.apiDomain,
			sandbox: true,
			...( options.instanceId === true
				? { installationInstanceId: account.installationInstanceId }
				: {} ),
			...( options.oauth === true
				? {
						oauthUrl: account.oauthUrl,
						auth: {
							type: 'oauth',
							clientId: account.oauth.clientId,
							clientSecret: account.oauth.clientSecret,
							devRef: account.oauth.devRef,
							refreshToken: account.oauth.refreshToken,
						},
					}
				: { auth: { type: 'private-app', appRef, accountToken } } ),
		},
		settings,
	};
	let service: Started | null = null;
	let token = '';
	let made = false;
	const hooks = new Map< string, number >();

	async function add(): Promise< CliResult > {
		const path = await writeConnection( bench.dataDir, file );
		return scene.cli(
			'connection',
			'add',
			'--file',
			path,
			...( made ? [ '--replace' ] : [] )
		);
	}

	async function operation< T >(
		name: string,
		input: Readonly< Record< string, unknown > > = {}
	): Promise< T > {
		if ( service === null ) {
			throw new Error( `${ name } needs the service.` );
		}
		const { body } = await send< { body: T } >(
			'POST',
			`${ service.ready.url }/v1/operations/${ name }`,
			{ input, timeout: 60_000 },
			{ authorization: `Bearer ${ token }` }
		);
		return body;
	}

	const scene: Scene = {
		...stage,
		bench,
		account,
		get file() {
			return file;
		},
		async cli( ...args ) {
			const result = await bench.cli( args );
			said.push( {
				what: args.join( ' ' ),
				text: () => result.stdout + result.stderr,
			} );
			return result;
		},
		async must( exit, ...args ) {
			const { code, json: answer, stderr } = await scene.cli( ...args );
			if ( code !== exit ) {
				throw new Error(
					`${ args.join( ' ' ) } ended with ${ code }, not ${ exit }: ${ JSON.stringify( answer )?.slice( 0, 3000 ) } ${ stderr.slice( -2000 ) }`
				);
			}
			return answer as never;
		},
		replace( change ) {
			file = change( file );
			return add();
		},
		async serve() {
			const started = await bench.serve();
			service = started;
			said.push( {
				what: 'serve',
				text: () => started.stderr() + JSON.stringify( started.lines ),
			} );
			token = (
				JSON.parse(
					await readFile(
						join( bench.dataDir, 'service.json' ),
						'utf8'
					)
				) as {
					token: string;
				}
			 ).token;
			return started;
		},
		async stop( signal ) {
			await service?.stop( signal );
			service = null;
		},
		async webhooks() {
			const delivery_url = `${ service!.ready.url }/webhooks/woocommerce/${ CONNECTION }`;
			for ( const event of [
				'created',
				'updated',
				'deleted',
				'restored',
			] ) {
				const topic = `order.${ event }`;
				const known = hooks.get( topic );
				const { id } = await shop.rest< { id: number } >(
					known === undefined ? 'POST' : 'PUT',
					known === undefined ? 'webhooks' : `webhooks/${ known }`,
					{
						topic,
						delivery_url,
						status: 'active',
						secret: shop.webhookSecret,
					}
				);
				hooks.set( topic, id );
			}
		},
		operation,
		async orderOf( orderId ) {
			const found = await operation< Order | { error: unknown } >(
				'ordersShow',
				{ orderId }
			);
			return 'error' in found ? null : found;
		},
		async order( orderId, state, patience ) {
			let last: Order | null = null;
			return eventually(
				`order ${ orderId } is ${ state }`,
				async () => {
					last = await scene.orderOf( orderId );
					return last?.state === state ? last : null;
				},
				patience
			).catch( ( error: unknown ) => {
				throw new Error(
					`${ String( error ) }; it is ${ JSON.stringify( last, null, 1 ) }`
				);
			} );
		},
		problems: async () =>
			( await operation< { items: Problem[] } >( 'problemsList' ) ).items,
		status: () => operation( 'status' ),
		orders: () => operation( 'ordersList', { limit: 1000 } ),
		state: () => brightpearl.state( account.account ),
		async soldOrder( orderId, state ) {
			const { orders } = state ?? ( await scene.state() );
			const ours = orders.filter(
				( order ) => order.externalRef === `${ refPrefix }-${ orderId }`
			);
			if ( ours.length !== 1 ) {
				throw new Error(
					`Brightpearl has ${ ours.length } sales orders for ${ orderId }.`
				);
			}
			return ours[ 0 ]!;
		},
		async onHand( sku ) {
			const [ product ] = await brightpearl.control<
				{ warehouses: Record< string, { onHand: number } > }[]
			>(
				`state?account=${ account.account }&sku=${ encodeURIComponent( sku ) }`
			);
			return product?.warehouses[ '2' ]?.onHand ?? 0;
		},
		async changeStock( sku, how ) {
			await brightpearl.control( 'stock', {
				account: account.account,
				sku,
				...how,
			} );
		},
		async leaks() {
			const { staffToken } = account.privateApp;
			const secrets = {
				consumerKey: shop.consumerKey,
				consumerSecret: shop.consumerSecret,
				webhookSecret: shop.webhookSecret,
				accountToken,
				staffToken,
				clientSecret: account.oauth.clientSecret,
				refreshToken: account.oauth.refreshToken,
				serviceToken: token,
				basic: Buffer.from(
					`${ shop.consumerKey }:${ shop.consumerSecret }`
				).toString( 'base64' ),
				signature: 'oauth_signature=',
			};
			const places = said.map(
				( { what, text } ) => [ what, text() ] as const
			);
			for ( const name of await readdir( bench.dataDir ) ) {
				if ( /\.(db|sqlite)|-wal$|-shm$/.test( name ) ) {
					places.push( [
						name,
						(
							await readFile( join( bench.dataDir, name ) )
						).toString( 'latin1' ),
					] );
				}
			}
			return places.flatMap( ( [ place, text ] ) =>
				Object.entries( secrets )
					.filter(
						( [ , secret ] ) =>
							secret !== '' && text.includes( secret )
					)
					.map( ( [ name ] ) => `${ name } in ${ place }` )
			);
		},
		async end() {
			await bench.end();
		},
	};
	const added = await add();
	if ( added.code !== 0 ) {
		throw new Error( `The connection was refused: ${ added.stdout }` );
	}
	made = true;
	return scene;
}

/** An amount at two decimals, whatever either side printed. */
export const pence = ( text: string ): string => money( decimal( text ), 2 );

/** Rows that the shop's order must have in Brightpearl: reference → net and tax as the shop shows them. */
export function expectedRows(
	order: WooOrder
): Map< string, { net: string; tax: string } > {
	const charges = (
		kind: string,
		lines: readonly { id: number; total: string; total_tax: string }[]
	) =>
		lines
			.filter(
				( line ) =>
					! (
						decimal( line.total ).eq( 0 ) &&
						decimal( line.total_tax ).eq( 0 )
					)
			)
			.map(
				( line ) =>
					[ `${ kind }-${ line.id }`, amounts( line ) ] as const
			);
	const amounts = ( line: { total: string; total_tax: string } ) => ( {
		net: pence( line.total ),
		tax: pence( line.total_tax ),
	} );
	return new Map( [
		...order.line_items.map(
			( line ) => [ `line-${ line.id }`, amounts( line ) ] as const
		),
		...charges( 'ship', order.shipping_lines ),
		...charges( 'fee', order.fee_lines ),
	] );
}

/** Everything that occurs more often than once: references, payments, contacts. */
export function doubled( state: AccountState ): string[] {
	const seen = new Map< string, number >();
	const count = ( key: string | null ) => {
		if ( key !== null ) {
			seen.set( key, ( seen.get( key ) ?? 0 ) + 1 );
		}
	};
	for ( const order of state.orders ) {
		count( order.externalRef && `order ${ order.externalRef }` );
		for ( const payment of order.payments ) {
			count(
				payment.transactionRef && `payment ${ payment.transactionRef }`
			);
		}
	}
	for ( const contact of state.contacts ) {
		count( contact.email && `contact ${ contact.email.toLowerCase() }` );
	}
	return [ ...seen ]
		.filter( ( [ , times ] ) => times > 1 )
		.map( ( [ key ] ) => key );
}

/** The instant at which the day of `time` began in a zone. */
export function midnightIn( timeZone: string, time: string ): string {
	const local = new Intl.DateTimeFormat( 'en-CA', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium',
		hourCycle: 'h23',
	} );
	const [ day ] = local.format( new Date( time ) ).split( ',' );
	const QUARTER = 900_000;
	for (
		let offset = -56 * QUARTER;
		offset <= 56 * QUARTER;
		offset += QUARTER
	) {
		const at = new Date( Date.parse( `${ day }T00:00:00Z` ) + offset );
		if ( local.format( at ) === `${ day }, 00:00:00` ) {
			return at.toISOString();
		}
	}
	throw new Error( `${ time } has no midnight in ${ timeZone }.` );
}

export { ask, eventually };
