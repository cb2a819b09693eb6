/**
 * A sandbox on a free port with a clock that stands still until it is moved, and a client that
 * speaks to it over real HTTP.
 */
import { startBrightpearlSandbox } from '../../../src/sandbox/brightpearl/index.ts';
import type {
	BrightpearlSandboxOptions,
	SandboxAccount,
	SandboxEvent,
} from '../../../src/sandbox/brightpearl/index.ts';

export const START = Date.parse( '2026-07-01T10:00:00.000Z' );

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	readonly json: Json;
}

/** JSON as a test reads it: any path may be followed. */
export type Json = {
	/** Declared, so that every test need not ask whether it is there. */
	readonly response: Json;
} & {
	readonly [ key: string ]: Json;
} & { readonly [ index: number ]: Json } & Iterable< Json > & {
		readonly length: number;
	};

export type Auth = 'private' | 'staff' | 'oauth';

export async function startHarness(
	options: Partial< BrightpearlSandboxOptions > = {}
) {
	let now = START;
	const events: SandboxEvent[] = [];
	const slept: number[] = [];
	const sandbox = await startBrightpearlSandbox( {
		...options,
		clock: options.clock ?? {
			now: () => now,
			sleep: async ( ms, signal ) => {
				// Slow answers end at once here: what is tested is that they were told to wait.
				slept.push( ms );
				signal?.throwIfAborted();
			},
		},
		onEvent: ( event ) => events.push( event ),
	} );
	const tokens = new Map< string, string >();
	const accountOf = ( code = 'sandbox-gb' ): SandboxAccount => {
		const found = sandbox.ready.accounts.find(
			( { account } ) => account === code
		);
		if ( ! found ) {
			throw new Error( code );
		}
		return found;
	};

	const raw = async (
		method: string,
		path: string,
		headers: Record< string, string > = {},
		body?: unknown
	): Promise< Answer > => {
		const response = await fetch( sandbox.url + path, {
			method,
			headers,
			...( body === undefined
				? {}
				: {
						body:
							typeof body === 'string'
								? body
								: JSON.stringify( body ),
					} ),
			redirect: 'manual',
		} );
		const text = await response.text();
		let json: unknown = null;
		try {
			json = JSON.parse( text );
		} catch {
			// Left null: a body that is no JSON is the test's business.
		}
		return {
			status: response.status,
			headers: response.headers,
			text,
			json: json as Json,
		};
	};

	const refresh = ( code = 'sandbox-gb', refreshToken?: string ) => {
		const { oauth } = accountOf( code );
		return raw(
			'POST',
			`/oauth/token/${ code }`,
			{ 'content-type': 'application/x-www-form-urlencoded' },
			new URLSearchParams( {
				grant_type: 'refresh_token',
				refresh_token: refreshToken ?? oauth.refreshToken,
				client_id: oauth.clientId,
				client_secret: oauth.clientSecret,
			} ).toString()
		);
	};

	const headersFor = async (
		auth: Auth,
		code: string
	): Promise< Record< string, string > > => {
		const { privateApp, oauth } = accountOf( code );
		if ( auth !== 'oauth' ) {
			return {
				'brightpearl-app-ref': privateApp.appRef,
				[ auth === 'staff'
					? 'brightpearl-staff-token'
					: 'brightpearl-account-token' ]:
					auth === 'staff'
						? privateApp.staffToken
						: privateApp.accountToken,
			};
		}
		const token =
			tokens.get( code ) ??
			String( ( await refresh( code ) ).json.access_token );
		tokens.set( code, token );
		return {
			authorization: `Bearer ${ token }`,
			'brightpearl-app-ref': oauth.clientId,
			'brightpearl-dev-ref': oauth.devRef,
		};
	};

	const call = async (
		method: string,
		path: string,
		body?: unknown,
		{ auth = 'private' as Auth, account = 'sandbox-gb' } = {}
	): Promise< Answer > =>
		raw(
			method,
			`/public-api/${ account }${ path }`,
			{
				...( await headersFor( auth, account ) ),
				...( body === undefined
					? {}
					: { 'content-type': 'application/json' } ),
			},
			body
		);

	const control = ( method: string, path: string, body?: unknown ) =>
		raw(
			method,
			`/_sandbox${ path }`,
			{ 'content-type': 'application/json' },
			body
		);

	/** A product of the seeded catalogue. */
	const product = async ( sku: string, account = 'sandbox-gb' ) => {
		const { json } = await control(
			'GET',
			`/state?account=${ account }&sku=${ encodeURIComponent( sku ) }`
		);
		return json[ 0 ] as unknown as {
			productId: number;
			warehouses: Record<
				string,
				{ inStock: number; allocated: number; onHand: number }
			>;
		};
	};

	const contact = async (
		email = 'ines@example.test'
	): Promise< number > => {
		const address = await call( 'POST', '/contact-service/postal-address', {
			addressLine1: '9 Harbour Row',
			postalCode: 'BS1 6XN',
			countryIsoCode: 'GBR',
		} );
		const made = await call( 'POST', '/contact-service/contact', {
			firstName: 'Ines',
			lastName: 'Duarte',
			postAddressIds: { DEF: address.json.response },
			communication: { emails: { PRI: { email } } },
		} );
		return Number( made.json.response );
	};

	return {
		sandbox,
		events,
		slept,
		raw,
		call,
		control,
		refresh,
		headersFor,
		product,
		contact,
		accountOf,
		advance: ( ms: number ) => {
			now += ms;
		},
		search: async ( path: string ) => {
			const { json } = await call( 'GET', path );
			return ( json.response?.results ?? [] ) as unknown as unknown[][];
		},
		close: () => sandbox.close(),
	};
}

export type Harness = Awaited< ReturnType< typeof startHarness > >;

/** A complete order body for a customer; fields can be replaced. */
export const orderBody = (
	customerId: number,
	more: Record< string, unknown > = {}
): Record< string, unknown > => ( {
	customer: { id: customerId },
	ref: '#10457',
	externalRef: 'shop-example-10457',
	placedOn: '2026-06-30T23:30:00.000Z',
	taxDate: '2026-07-01T00:00:00+01:00',
	channelId: 7,
	warehouseId: 2,
	currency: { code: 'GBP' },
	rows: [
		{
			name: 'Shipping: Standard',
			quantity: '1',
			taxCode: 'T20',
			net: '4.1667',
			tax: '0.8333',
			nominalCode: '4040',
			externalRef: 'ship-1',
		},
	],
	...more,
} );
