/** `POST /webhooks/brightpearl/{connection}/{token}`: every answer, and that nobody is told the token. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/contracts/primitives.ts';
import type {
	BrightpearlIntake,
	BrightpearlIntakeAnswer,
} from '../../src/flows/brightpearl-intake.ts';
import { createServer, type Server } from '../../src/http/server.ts';
import { createLogger } from '../../src/logging.ts';
import { manualClock, type ManualClock } from '../battery/bench.ts';

const TOKEN = 'the-secret-of-the-address';
const MB = 1024 * 1024;

let server: Server;
let clock: ManualClock;
let url: string;
let answer: BrightpearlIntakeAnswer | Error;
let deliveries: Parameters< BrightpearlIntake[ 'webhook' ] >[ 0 ][];
let logged: string;

beforeEach( async () => {
	answer = 'accepted';
	deliveries = [];
	logged = '';
	clock = manualClock();
	server = createServer( {
		operations: { run: () => Promise.reject( new Error( 'No.' ) ) },
		intake: { webhook: () => Promise.reject( new Error( 'No.' ) ) },
		brightpearlIntake: {
			webhook: async ( delivery ) => {
				deliveries.push( delivery );
				if ( typeof answer !== 'string' ) {
					throw answer;
				}
				return answer;
			},
		},
		ready: async () => [],
		token: 'another-token',
		logger: createLogger( {
			level: 'debug',
			destination: {
				write: ( line ) => {
					logged += line;
				},
			},
		} ),
		clock,
	} );
	const listening = await server.listen( '127.0.0.1', 0 );
	if ( ! listening.ok ) {
		throw new Error( listening.error.message );
	}
	url = listening.url;
} );
afterEach( async () => {
	const closed = server.close();
	await clock.advance( MINUTE );
	await closed;
} );

async function deliver(
	body: string | Blob = '{}',
	init: RequestInit = {},
	path = `/webhooks/brightpearl/main/${ TOKEN }`
) {
	const response = await fetch( `${ url }${ path }`, {
		method: 'POST',
		...( init.method === undefined ? { body } : {} ),
		...init,
	} );
	return {
		status: response.status,
		retryAfter: response.headers.get( 'retry-after' ),
		text: await response.text(),
	};
}

const codeOf = ( { text }: { text: string } ): unknown =>
	( JSON.parse( text ) as { error: { code: string } } ).error.code;

test.each( [
	[ 'JSON', { 'content-type': 'application/json' }, '{"id":"1"}' ],
	[ 'no JSON, said to be some', { 'content-type': 'application/json' }, '{' ],
	[ 'a text', { 'content-type': 'text/plain; charset=utf-8' }, 'x' ],
	[ 'a type there is none of', { 'content-type': 'x' }, 'x' ],
	[ 'nothing', {}, '' ],
] )( '%s is taken byte for byte', async ( _, headers, body ) => {
	expect( await deliver( body, { headers } ) ).toEqual( {
		status: 200,
		retryAfter: null,
		text: '{"accepted":true}',
	} );
	expect( deliveries ).toMatchObject( [
		{ connection: 'main', token: TOKEN },
	] );
	expect( Buffer.from( deliveries[ 0 ]?.rawBody ?? [] ).toString() ).toBe(
		body
	);
	expect( logged ).toBe( '' );
} );

test( 'a body without any type is taken, too', async () => {
	expect( await deliver( new Blob( [ '{}' ] ) ) ).toMatchObject( {
		status: 200,
	} );
} );

test( '1 MB is taken, a byte more is 413, and the intake never sees it', async () => {
	expect( await deliver( 'x'.repeat( MB ) ) ).toMatchObject( {
		status: 200,
	} );
	const large = await deliver( 'x'.repeat( MB + 1 ) );
	expect( [ large.status, codeOf( large ) ] ).toEqual( [
		413,
		'bad-request',
	] );
	expect( deliveries ).toHaveLength( 1 );
} );

test( 'what cannot be stored is 503 and to come again', async () => {
	answer = 'cannot-store';
	const refused = await deliver();
	expect( [ refused.status, refused.retryAfter, codeOf( refused ) ] ).toEqual(
		[ 503, '10', 'cannot-store' ]
	);
} );

test( 'a fault of ours is 500, which comes again too', async () => {
	answer = new Error( `at /webhooks/brightpearl/main/${ TOKEN }` );
	const failed = await deliver();
	expect( [ failed.status, codeOf( failed ) ] ).toEqual( [ 500, 'defect' ] );
	expect( logged ).toContain( 'A request failed' );
	expect( logged + failed.text ).not.toContain( TOKEN );
} );

test( 'what is no address of ours is 404, and neither answer nor log tells the token', async () => {
	answer = 'unknown';
	const refused = await deliver();
	expect( [ refused.status, codeOf( refused ) ] ).toEqual( [
		404,
		'unknown-address',
	] );
	expect( logged ).toContain( '/webhooks/brightpearl/:connection/:token' );
	expect( logged + refused.text ).not.toContain( TOKEN );
} );

test( 'whoever tries many tokens is told so and not logged any more; the right one is heard', async () => {
	answer = 'unknown';
	for ( let n = 0; n < 20; n += 1 ) {
		expect( ( await deliver() ).status ).toBe( 404 );
	}
	const before = logged;
	const refused = await deliver();
	expect( [ refused.status, refused.retryAfter, codeOf( refused ) ] ).toEqual(
		[ 429, '60', 'too-many-failures' ]
	);
	expect( logged ).toBe( before );
	answer = 'accepted';
	expect( ( await deliver() ).status ).toBe( 200 );
	answer = 'unknown';
	await clock.advance( MINUTE );
	expect( ( await deliver() ).status ).toBe( 404 );
} );

test.each( [
	[ 'GET', `/webhooks/brightpearl/main/${ TOKEN }` ],
	[ 'PUT', `/webhooks/brightpearl/main/${ TOKEN }` ],
	[ 'POST', '/webhooks/brightpearl/main' ],
	[ 'POST', `/webhooks/brightpearl/main/${ 'x'.repeat( 201 ) }` ],
	[ 'POST', `/webhooks/brightpearl/main/${ TOKEN }/more` ],
] )( '%s %s is not there', async ( method, path ) => {
	const refused = await deliver( '', { method }, path );
	expect( refused.status ).toBe( 404 );
	expect( refused.text + logged ).not.toContain( TOKEN );
	expect( deliveries ).toEqual( [] );
} );
