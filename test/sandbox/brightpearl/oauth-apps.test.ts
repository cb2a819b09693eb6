import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Credentials } from '../../../src/sandbox/brightpearl/credentials.ts';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

const ACCOUNT = 'sandbox-gb';
const REDIRECT = 'http://127.0.0.1:9/oauth/brightpearl';
const CONFIGURATION = '/integration-service/account-configuration';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let bp: Harness;
beforeAll( async () => {
	bp = await startHarness();
} );
afterAll( () => bp.close() );

const keys = async () =>
	( await bp.control( 'GET', `/credentials?account=${ ACCOUNT }` ) )
		.json as unknown as Credentials;
const apps = async () => ( await keys() ).apps;

const consentFields = ( clientId: string, state = 'opaque' ) => ( {
	response_type: 'code',
	client_id: clientId,
	redirect_uri: REDIRECT,
	state,
} );

const decide = async (
	clientId: string,
	decision: string,
	headers: Record< string, string > = {}
) =>
	bp.raw(
		'POST',
		`/oauth/authorize/${ ACCOUNT }`,
		{ ...FORM, ...headers },
		new URLSearchParams( {
			...consentFields( clientId ),
			decision,
		} ).toString()
	);

const token = ( fields: Record< string, string > ) =>
	bp.raw(
		'POST',
		`/oauth/token/${ ACCOUNT }`,
		FORM,
		new URLSearchParams( fields ).toString()
	);

/** Consent and exchange for one of the apps. */
async function install( index: number ) {
	const app = ( await apps() )[ index ];
	if ( ! app ) {
		throw new Error( String( index ) );
	}
	const back = new URL(
		( await decide( app.clientId, 'allow' ) ).headers.get( 'location' ) ??
			''
	);
	const { json } = await token( {
		grant_type: 'authorization_code',
		code: back.searchParams.get( 'code' ) ?? '',
		client_id: app.clientId,
		client_secret: app.clientSecret,
		redirect_uri: REDIRECT,
	} );
	return {
		instanceId: String( json.installation_instance_id ),
		headers: {
			authorization: `Bearer ${ String( json.access_token ) }`,
			'brightpearl-app-ref': app.clientId,
			'brightpearl-dev-ref': app.devRef,
		},
	};
}

describe( 'the consent page', () => {
	test( 'asks with two buttons, every text escaped, and cannot be framed', async () => {
		const page = await bp.raw(
			'GET',
			`/oauth/authorize/${ ACCOUNT }?${ new URLSearchParams(
				consentFields( 'pearlbridge', '"><script>' )
			) }`
		);
		expect( page.status ).toBe( 200 );
		expect( page.text ).toContain( 'value="allow"' );
		expect( page.text ).toContain( 'value="refuse"' );
		expect( page.text ).not.toContain( '<script' );
		expect( page.text ).toContain( '&quot;&gt;&lt;script&gt;' );
		const policy = page.headers.get( 'content-security-policy' ) ?? '';
		expect( policy ).toContain( "frame-ancestors 'none'" );
		expect( policy ).toContain( "form-action 'self' http://127.0.0.1:9" );
	} );

	test( 'takes a decision from its own form alone', async () => {
		const foreign = await decide( 'pearlbridge', 'allow', {
			origin: 'https://elsewhere.example',
		} );
		expect( foreign.status ).toBe( 421 );
		const own = await decide( 'pearlbridge', 'allow', {
			origin: bp.sandbox.url,
		} );
		expect( own.status ).toBe( 302 );
	} );

	test( 'sends a refusal back without a code', async () => {
		const { headers } = await decide( 'pearlbridge', 'refuse' );
		expect( headers.get( 'location' ) ).toBe(
			`${ REDIRECT }?error=access_denied&state=opaque`
		);
	} );

	test.each( [
		[ 'an unknown app', { client_id: 'nobody' } ],
		[ 'another response type', { response_type: 'token' } ],
		[ 'no address', { redirect_uri: 'nowhere' } ],
		[ 'a script for an address', { redirect_uri: 'javascript:alert(1)' } ],
	] )( 'sends nobody anywhere for %s', async ( _name, more ) => {
		const query = new URLSearchParams( {
			...consentFields( 'pearlbridge' ),
			...more,
		} );
		const refused = await bp.raw(
			'GET',
			`/oauth/authorize/${ ACCOUNT }?${ query }`
		);
		expect( refused.status ).toBe( 400 );
		expect( refused.headers.get( 'location' ) ).toBeNull();
	} );
} );

test( 'a code lives as long as the switch says', async () => {
	bp.sandbox.setSwitches( { codeLifeSeconds: 60 } );
	const [ app ] = await apps();
	if ( ! app ) {
		throw new Error( 'there is no app' );
	}
	const back = new URL(
		( await decide( app.clientId, 'allow' ) ).headers.get( 'location' ) ??
			''
	);
	bp.advance( 60_000 );
	const late = await token( {
		grant_type: 'authorization_code',
		code: back.searchParams.get( 'code' ) ?? '',
		client_id: app.clientId,
		client_secret: app.clientSecret,
		redirect_uri: REDIRECT,
	} );
	expect( late.json.error ).toBe( 'invalid_grant' );
} );

test( 'a refresh has the remaining life of the token before, or a whole one', async () => {
	const first = await bp.refresh();
	bp.advance( 1000_000 );
	const second = await bp.refresh();
	expect( Number( second.json.expires_in ) ).toBe(
		Number( first.json.expires_in ) - 1000
	);
	bp.sandbox.setSwitches( { refreshedLife: 'full' } );
	expect( ( await bp.refresh() ).json.expires_in ).toBe( 604_800 );
	bp.sandbox.setSwitches( { refreshedLife: 'remaining' } );
} );

test( "one app's code, token or refresh token is worth nothing to another", async () => {
	const [ own, second ] = await apps();
	if ( ! own || ! second ) {
		throw new Error( 'there is one app' );
	}
	const back = new URL(
		( await decide( own.clientId, 'allow' ) ).headers.get( 'location' ) ??
			''
	);
	const stolen = await token( {
		grant_type: 'authorization_code',
		code: back.searchParams.get( 'code' ) ?? '',
		client_id: second.clientId,
		client_secret: second.clientSecret,
		redirect_uri: REDIRECT,
	} );
	expect( stolen.json.error ).toBe( 'invalid_grant' );
	const refreshed = await token( {
		grant_type: 'refresh_token',
		refresh_token: own.refreshToken,
		client_id: second.clientId,
		client_secret: second.clientSecret,
	} );
	expect( refreshed.json.error ).toBe( 'invalid_grant' );
	const { headers } = await install( 0 );
	const used = await bp.raw(
		'GET',
		`/public-api/${ ACCOUNT }${ CONFIGURATION }`,
		{ ...headers, 'brightpearl-app-ref': second.clientId }
	);
	expect( used.status ).toBe( 401 );
} );

test( 'each app is an instance of its own, and so are the orders it makes', async () => {
	const [ first, second ] = [ await install( 0 ), await install( 1 ) ];
	expect( [ first.instanceId, second.instanceId ] ).toEqual( [ '11', '12' ] );
	const customer = await bp.contact();
	const post = async ( headers: Record< string, string > ) =>
		(
			await bp.raw(
				'POST',
				`/public-api/${ ACCOUNT }/order-service/sales-order`,
				{ ...headers, 'content-type': 'application/json' },
				orderBody( customer, { externalRef: 'shared' } )
			)
		).json.response;
	const made = await post( first.headers );
	expect( await post( first.headers ) ).toBe( made );
	expect( await post( second.headers ) ).not.toBe( made );
} );

test( 'pools: private apps share one, apps of one developer another, a third developer has its own', async () => {
	bp.advance( 60_000 );
	const remaining = async ( headers: Record< string, string > ) =>
		Number(
			(
				await bp.raw(
					'GET',
					`/public-api/${ ACCOUNT }${ CONFIGURATION }`,
					headers
				)
			).headers.get( 'brightpearl-requests-remaining' )
		);
	const { privateApps } = await keys();
	const privately = privateApps.map( ( { appRef, accountToken } ) => ( {
		'brightpearl-app-ref': appRef,
		'brightpearl-account-token': accountToken,
	} ) );
	const installed = [
		await install( 0 ),
		await install( 1 ),
		await install( 2 ),
	].map( ( { headers } ) => headers );
	const left: number[] = [];
	for ( const headers of [ ...privately, ...installed ] ) {
		left.push( await remaining( headers ) );
	}
	expect( left ).toEqual( [ 199, 198, 199, 198, 199 ] );
} );

test( 'the legacy exchange gives the staff token to the right password alone', async () => {
	const { staff, privateApp } = await keys();
	const ask = ( credentials: Record< string, string > ) =>
		bp.raw(
			'POST',
			`/${ ACCOUNT }/authorise`,
			{},
			{ apiAccountCredentials: credentials }
		);
	const { emailAddress, password } = staff;
	expect( ( await ask( { emailAddress, password } ) ).json ).toEqual( {
		response: privateApp.staffToken,
	} );
	expect( ( await ask( { email: emailAddress, password } ) ).status ).toBe(
		200
	);
	expect( ( await ask( { emailAddress, password: 'x' } ) ).status ).toBe(
		401
	);
	expect(
		( await bp.raw( 'POST', `/${ ACCOUNT }/authorise`, {}, 'no JSON' ) )
			.status
	).toBe( 401 );
} );
