import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
beforeAll( async () => {
	bp = await startHarness( { switches: { consent: 'auto' } } );
} );
afterAll( () => bp.close() );

const CONFIGURATION = '/integration-service/account-configuration';
const get = ( headers: Record< string, string >, account = 'sandbox-gb' ) =>
	bp.raw( 'GET', `/public-api/${ account }${ CONFIGURATION }`, headers );

test( 'private app, staff token and OAuth each open the account', async () => {
	for ( const auth of [ 'private', 'staff', 'oauth' ] as const ) {
		const { status, json } = await bp.call(
			'GET',
			CONFIGURATION,
			undefined,
			{ auth }
		);
		expect( status ).toBe( 200 );
		expect( json.response?.configuration ).toMatchObject( {
			baseCurrencyCode: 'GBP',
			timeZone: 'Europe/London',
			taxSchemeCode: 'VAT',
			newSalesOrderStatusId: '2',
			cancelledOrderStatusId: '5',
		} );
	}
} );

test( 'only OAuth answers carry the installation instance', async () => {
	const name = 'brightpearl-installed-integration-instance-id';
	const own = await bp.call( 'GET', CONFIGURATION );
	expect( own.headers.get( name ) ).toBeNull();
	const oauth = await bp.call( 'GET', CONFIGURATION, undefined, {
		auth: 'oauth',
	} );
	expect( oauth.headers.get( name ) ).toBe( '11' );
	const instance = await bp.call(
		'GET',
		'/integration-service/integration/instance',
		undefined,
		{ auth: 'oauth' }
	);
	expect( instance.json.response ).toEqual( {
		installedIntegrationInstanceId: 11,
		installedIntegrationId: 7,
		instanceName: 'sandbox-gb',
	} );
} );

test( 'without credentials, with wrong ones or those of another account: 401, counted', async () => {
	const theirs = await bp.headersFor( 'private', 'sandbox-us' );
	const own = await bp.headersFor( 'private', 'sandbox-gb' );
	const attempts = [
		{},
		{ ...own, 'brightpearl-account-token': 'wrong' },
		{ ...own, 'brightpearl-app-ref': 'wrong' },
		theirs,
	];
	let remaining = Infinity;
	for ( const headers of attempts ) {
		const refused = await get( headers );
		expect( refused.status ).toBe( 401 );
		expect( refused.json ).toEqual( {
			response:
				'Not authenticated. You must provide a valid authentication token.',
		} );
		expect( refused.headers.get( 'message-type' ) ).toBe( 'api-proxy' );
		const left = Number(
			refused.headers.get( 'brightpearl-requests-remaining' )
		);
		expect( left ).toBeLessThan( remaining );
		remaining = left;
	}
} );

describe( 'OAuth', () => {
	test( 'a missing or wrong dev-ref is refused; the switch lets it be missing', async () => {
		const headers = await bp.headersFor( 'oauth', 'sandbox-gb' );
		const bare = { ...headers };
		delete bare[ 'brightpearl-dev-ref' ];
		expect( ( await get( bare ) ).status ).toBe( 401 );
		expect(
			( await get( { ...headers, 'brightpearl-dev-ref': 'x' } ) ).status
		).toBe( 401 );
		expect(
			( await get( { ...headers, 'brightpearl-app-ref': 'x' } ) ).status
		).toBe( 401 );
		bp.sandbox.setSwitches( { devRef: 'optional' } );
		expect( ( await get( bare ) ).status ).toBe( 200 );
		bp.sandbox.setSwitches( { devRef: 'require' } );
	} );

	test( 'an unknown token is echoed, an expired one is told', async () => {
		const headers = await bp.headersFor( 'oauth', 'sandbox-gb' );
		const unknown = await get( {
			...headers,
			authorization: 'Bearer NOPE',
		} );
		expect( unknown.json ).toEqual( {
			response: 'Invalid instance token: NOPE',
		} );
		bp.sandbox.setSwitches( { tokenLifeSeconds: 60 } );
		const fresh = await bp.refresh();
		const authorization = `Bearer ${ String( fresh.json.access_token ) }`;
		expect( fresh.json.expires_in ).toBe( 60 );
		expect( ( await get( { ...headers, authorization } ) ).status ).toBe(
			200
		);
		bp.advance( 60_000 );
		const expired = await get( { ...headers, authorization } );
		expect( expired.status ).toBe( 401 );
		expect( expired.json ).toEqual( {
			response: 'Authorization token expired',
		} );
		bp.sandbox.setSwitches( { tokenLifeSeconds: 604_800 } );
	} );

	test( 'a refresh answers the recorded fields, without throttle headers', async () => {
		const { status, json, headers } = await bp.refresh();
		expect( status ).toBe( 200 );
		expect( json ).toEqual( {
			access_token: expect.stringMatching( /^[A-Za-z0-9+/]{43}=$/ ),
			refresh_token: bp.accountOf().oauth.refreshToken,
			api_domain: new URL( bp.sandbox.url ).host,
			token_type: 'Bearer',
			expires_in: 604_800,
		} );
		expect( headers.get( 'brightpearl-requests-remaining' ) ).toBeNull();
		expect( headers.get( 'ruid' ) ).toBeNull();
	} );

	test( 'with rotation the old refresh token is worth nothing any more', async () => {
		bp.sandbox.setSwitches( { refreshToken: 'rotate' } );
		const first = await bp.refresh();
		const next = String( first.json.refresh_token );
		expect( next ).not.toBe( bp.accountOf().oauth.refreshToken );
		expect( ( await bp.refresh() ).json ).toEqual( {
			error_description:
				'The auth token has either expired or does not exist',
			error: 'invalid_grant',
		} );
		expect( ( await bp.refresh( 'sandbox-gb', next ) ).status ).toBe( 200 );
		bp.sandbox.setSwitches( { refreshToken: 'keep' } );
	} );

	test( 'a code is good once, for its redirect address', async () => {
		const { oauth } = bp.accountOf( 'sandbox-us' );
		const redirect_uri = 'https://sidecar.example.test/oauth/brightpearl';
		const code = async () => {
			const consent = await bp.raw(
				'GET',
				`/oauth/authorize/sandbox-us?${ new URLSearchParams( {
					response_type: 'code',
					client_id: oauth.clientId,
					redirect_uri,
					state: 'opaque',
				} ) }`
			);
			expect( consent.status ).toBe( 302 );
			const back = new URL( consent.headers.get( 'location' ) ?? '' );
			expect( back.searchParams.get( 'state' ) ).toBe( 'opaque' );
			return back.searchParams.get( 'code' ) ?? '';
		};
		const exchange = ( fields: Record< string, string > ) =>
			bp.raw(
				'POST',
				'/oauth/token/sandbox-us',
				{ 'content-type': 'application/x-www-form-urlencoded' },
				new URLSearchParams( {
					grant_type: 'authorization_code',
					client_id: oauth.clientId,
					client_secret: oauth.clientSecret,
					redirect_uri,
					...fields,
				} ).toString()
			);
		const used = await code();
		const good = await exchange( { code: used } );
		expect( good.json ).toMatchObject( { installation_instance_id: '23' } );
		expect( ( await exchange( { code: used } ) ).json.error ).toBe(
			'invalid_grant'
		);
		const other = await exchange( {
			code: await code(),
			redirect_uri: 'https://elsewhere.example.test/',
		} );
		expect( other.json.error_description ).toBe(
			'Redirect uri does not match that used to request auth token'
		);
		expect(
			( await exchange( { code: 'x', client_secret: 'wrong' } ) ).json
		).toEqual( {
			error: 'invalid_client',
		} );
	} );
} );

test( 'an unknown account or resource is 404 with the documented text', async () => {
	const nowhere = await get( {}, 'nobody' );
	expect( nowhere.status ).toBe( 404 );
	expect( nowhere.json ).toEqual( {
		errors: [
			{
				code: 'CMNC-404',
				message: `Cannot find the resource /public-api/nobody${ CONFIGURATION }`,
			},
		],
	} );
	expect(
		( await bp.call( 'GET', '/order-service/nope' ) ).json.errors?.[ 0 ]
	).toEqual( {
		code: 'CMNC-404',
		message:
			'Cannot find the resource /public-api/sandbox-gb/order-service/nope',
	} );
	expect( ( await bp.call( 'GET', `${ CONFIGURATION }/` ) ).status ).toBe(
		200
	);
} );

test( 'the two accounts are apart', async () => {
	const { json } = await bp.call( 'GET', CONFIGURATION, undefined, {
		account: 'sandbox-us',
	} );
	expect( json.response?.configuration ).toMatchObject( {
		baseCurrencyCode: 'USD',
		timeZone: 'America/New_York',
		taxSchemeCode: 'SALES TAX',
	} );
	const gb = await bp.product( 'OSB-01' );
	const us = await bp.product( 'OSB-01', 'sandbox-us' );
	expect( gb.productId ).not.toBe( us.productId );
} );
