/**
 * The command line's contract, §2 and §4: `connection authorize`, with real processes, and the
 * way back at `GET /oauth/brightpearl`.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createInterface } from 'node:readline';
import { answerConsent } from '../helpers/consent-page.ts';
import {
	openConnectionScene,
	type ConnectionScene,
} from './contract/connection-scene.ts';
import { expectDocument, expectError } from './contract/documents.ts';

let scene: ConnectionScene;
beforeAll( async () => {
	scene = await openConnectionScene();
} );
afterAll( async () => {
	expect( scene.leaks() ).toEqual( [] );
	await scene.end();
} );

/** An OAuth connection that nobody has consented to. */
async function add( name: string ): Promise< void > {
	const { clientId, clientSecret, devRef } = scene.gb.oauth;
	const file = scene.fileOf( name, {
		brightpearl: {
			apiDomain: undefined,
			oauthUrl: scene.gb.oauthUrl,
			auth: { type: 'oauth', clientId, clientSecret, devRef },
		},
	} );
	const added = await scene.add( file );
	expect( added.code ).toBe( 0 );
}

interface Begun {
	readonly url: string;
	readonly state: string;
	readonly redirectUri: string;
}

/** The first line, while the command waits. */
async function begin( name: string, ...more: string[] ) {
	const running = scene.bench.run( [
		'connection',
		'authorize',
		name,
		...more,
	] );
	const begun = await new Promise< Begun >( ( resolve, reject ) => {
		createInterface( { input: running.process.stdout! } ).once(
			'line',
			( line ) => resolve( JSON.parse( line ) as Begun )
		);
		running.ended.then(
			( ended ) => reject( new Error( JSON.stringify( ended ) ) ),
			reject
		);
	} );
	return { begun, ended: running.ended };
}

const lastLine = ( stdout: string ): unknown =>
	JSON.parse( stdout.trimEnd().split( '\n' ).at( -1 ) ?? '' );

const AUTHORIZED = {
	brightpearl: {
		auth: { type: 'oauth', tokenType: 'Bearer', expiresIn: 604_800 },
	},
};

describe( 'without a service', () => {
	test( 'the address that did not load is pasted, and both commands end well', async () => {
		await add( 'alone' );
		const { begun, ended } = await begin( 'alone' );
		expect( begun ).toEqual( {
			url: expect.stringContaining( `/authorize/${ scene.gb.account }?` ),
			state: expect.any( String ),
			redirectUri: 'http://127.0.0.1:8780/oauth/brightpearl',
		} );
		const back = await answerConsent( begun.url );
		const finished = expectDocument(
			'connection',
			await scene.cli( [
				'connection',
				'authorize',
				'alone',
				'--code',
				back.href,
			] )
		);
		expect( finished ).toMatchObject( {
			brightpearl: {
				...AUTHORIZED.brightpearl,
				auth: {
					...AUTHORIZED.brightpearl.auth,
					expiresIn: expect.any( Number ),
				},
				installationInstanceId: scene.gb.installationInstanceId,
				apiDomain: scene.gb.apiDomain.replace( 'http://', '' ),
			},
		} );
		const waited = await ended;
		expect( waited.code ).toBe( 0 );
		expect( lastLine( waited.stdout ) ).toMatchObject( {
			name: 'alone',
			brightpearl: { auth: { tokenType: 'Bearer' } },
		} );
		expectError(
			await scene.cli( [
				'connection',
				'authorize',
				'alone',
				'--code',
				back.href,
			] ),
			4,
			'consent-unknown'
		);
	} );

	test( 'waiting for nobody, it looks again and again without a word', async () => {
		await add( 'silent' );
		const { ended } = await begin( 'silent', '--timeout', '3s' );
		expect( await ended ).toMatchObject( { code: 7, stderr: '' } );
	} );

	test( 'a wrong paste is refused, and the right one still taken', async () => {
		await add( 'pasted' );
		const { begun, ended } = await begin( 'pasted' );
		const paste = ( text: string ) =>
			scene.cli( [
				'connection',
				'authorize',
				'pasted',
				'--code',
				text,
			] );
		expectError( await paste( 'rubbish' ), 4, 'credentials-brightpearl' );
		const back = await answerConsent( begun.url );
		expectDocument( 'connection', await paste( back.href ) );
		expect( ( await ended ).code ).toBe( 0 );
	} );

	test( 'a new secret is proven by the next check, not when the token ends', async () => {
		const { clientId, devRef, clientSecret, refreshToken } = scene.gb.oauth;
		const rotate = async ( secret: unknown ) => {
			const added = await scene.add(
				scene.fileOf( 'rotated', {
					brightpearl: {
						oauthUrl: scene.gb.oauthUrl,
						auth: {
							type: 'oauth',
							clientId,
							clientSecret: secret,
							devRef,
							refreshToken,
						},
					},
				} ),
				[ '--replace' ]
			);
			expectDocument( 'connection', added );
			const check = await scene.cli( 'connection check rotated' );
			return {
				code: check.code,
				errors: (
					check.json as {
						findings: { code: string; level: string }[];
					}
				 ).findings
					.filter( ( { level } ) => level === 'error' )
					.map( ( { code } ) => code ),
			};
		};
		expect( await rotate( clientSecret ) ).toEqual( {
			code: 0,
			errors: [],
		} );
		expect( await rotate( { env: 'NOT_SET_AT_ALL' } ) ).toEqual( {
			code: 3,
			errors: [ 'secret-unreadable' ],
		} );
		expect( await rotate( 'mis-typed' ) ).toEqual( {
			code: 3,
			errors: [ 'credentials-brightpearl' ],
		} );
		expect( await rotate( clientSecret ) ).toEqual( {
			code: 0,
			errors: [],
		} );
	} );

	test( 'nobody consents: exit 7', async () => {
		await add( 'nobody' );
		const { ended } = await begin( 'nobody', '--timeout', '2s' );
		const { code, stdout } = await ended;
		expect( code ).toBe( 7 );
		expect( lastLine( stdout ) ).toMatchObject( {
			error: { code: 'timeout' },
		} );
	} );

	test( 'what cannot be authorized: exit 2 and 6', async () => {
		await scene.add( scene.fileOf( 'private' ) );
		expectError(
			await scene.cli( 'connection authorize private' ),
			2,
			'not-oauth'
		);
		expectError(
			await scene.cli( 'connection authorize nowhere' ),
			6,
			'unknown-connection'
		);
	} );

	test( 'before the consent: check says so, and a command that works is refused with exit 4', async () => {
		await add( 'before' );
		const check = await scene.cli( 'connection check before' );
		expect( check.code ).toBe( 3 );
		expect( check.json ).toMatchObject( {
			findings: expect.arrayContaining( [
				expect.objectContaining( {
					code: 'consent-missing',
					level: 'error',
					fix: expect.stringContaining(
						'connection authorize before'
					),
				} ),
			] ),
		} );
		expectError(
			await scene.cli( 'stock explain MUG-1 --connection before' ),
			4,
			'credentials-brightpearl'
		);
	} );
} );

describe( 'with a service', () => {
	test( 'the browser comes back to it: the command prints the connection, and check is content', async () => {
		await add( 'served' );
		const service = await scene.bench.serve();
		const { begun, ended } = await begin( 'served' );
		expect( begun.redirectUri ).toBe(
			`${ service.ready.url }/oauth/brightpearl`
		);
		const page = await fetch( await answerConsent( begun.url ) );
		expect( page.status ).toBe( 200 );
		expect( await page.text() ).toContain( 'Brightpearl is connected' );
		// Loading the page again says the same, not that the link is bad.
		expect( ( await fetch( page.url ) ).status ).toBe( 200 );
		const { code, stdout } = await ended;
		expect( code ).toBe( 0 );
		expect( lastLine( stdout ) ).toMatchObject( {
			name: 'served',
			brightpearl: { auth: { tokenType: 'Bearer' } },
		} );
		const check = await scene.cli( 'connection check served' );
		expect( check.json ).toMatchObject( {
			findings: expect.arrayContaining( [
				expect.objectContaining( { code: 'token-ok', level: 'ok' } ),
				expect.objectContaining( {
					code: 'instance-id-ok',
					level: 'ok',
				} ),
			] ),
			brightpearl: {
				instanceName: expect.any( String ),
				requestsRemaining: expect.any( Number ),
			},
		} );
		expect( check.code ).toBe( 0 );
		expect( service.stderr() ).not.toContain( begun.state );
		await service.stop();
	} );

	test( 'a refusal in Brightpearl: exit 4', async () => {
		await add( 'refused' );
		const service = await scene.bench.serve();
		const { begun, ended } = await begin( 'refused' );
		const page = await fetch( await answerConsent( begun.url, 'refuse' ) );
		expect( page.status ).toBe( 400 );
		const { code, stdout } = await ended;
		expect( code ).toBe( 4 );
		expect( lastLine( stdout ) ).toMatchObject( {
			error: { code: 'credentials-brightpearl' },
		} );
		await service.stop();
	} );
} );
