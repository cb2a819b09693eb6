import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
	classify,
	type NoneOn404,
	type Verdict,
} from '../../../src/brightpearl/transport/classify.ts';
import type { HttpOutcome } from '../../../src/contracts/world.ts';
import { answer, lost, unreachable } from '../world.ts';

interface Fixture {
	readonly name?: string;
	readonly status: number;
	readonly body: unknown;
}
const fixtures = JSON.parse(
	readFileSync(
		new URL( '../../data/brightpearl-fixtures.json', import.meta.url ),
		'utf8'
	)
) as {
	gateway: Fixture[];
	errors: Fixture[];
	writes: Fixture[];
	search: Fixture[];
};

const TOKEN = 'QUJDREVGR0hJSktMTU5P=';

function judge(
	outcome: HttpOutcome,
	more: { write?: boolean; none?: NoneOn404 } = {}
): Verdict {
	return classify( {
		endpoint: 'GET /order-service/order/1',
		write: more.write ?? false,
		none: more.none ?? 'never',
		outcome,
		secrets: [ TOKEN, 'BADTOKEN' ],
		now: Date.UTC( 2026, 0, 1 ),
	} );
}
const gateway = ( name: string ): HttpOutcome => {
	const found = fixtures.gateway.find( ( one ) => one.name === name );
	if ( ! found ) {
		throw new Error( `no fixture ${ name }` );
	}
	return answer( found.status, found.body );
};
const errorOf = ( code: string ): HttpOutcome => {
	const found = fixtures.errors.find( ( one ) =>
		JSON.stringify( one.body ).includes( code )
	);
	if ( ! found ) {
		throw new Error( `no fixture ${ code }` );
	}
	return answer( found.status, found.body );
};
const HTML = '<html><body>502 Bad Gateway</body></html>';

describe( 'recorded outcomes', () => {
	const table: [
		what: string,
		outcome: HttpOutcome,
		read: string,
		write: string,
		unknownForWrites: boolean | null,
	][] = [
		[
			'401 expired',
			gateway( 'expired' ),
			'unauthorized',
			'unauthorized',
			null,
		],
		[
			'401 unknown token',
			gateway( 'unknown token' ),
			'unauthorized',
			'unauthorized',
			null,
		],
		[
			'401 no token',
			gateway( 'no token' ),
			'unauthorized',
			'unauthorized',
			null,
		],
		[
			'503 too many requests',
			gateway( 'throttled' ),
			'throttled',
			'throttled',
			false,
		],
		[
			'503 unavailable',
			gateway( 'unavailable, not throttled' ),
			'outage',
			'outage',
			true,
		],
		[ '500 CMNC-018', errorOf( 'CMNC-018' ), 'refused', 'refused', null ],
		[ '500 CMNC-044', errorOf( 'CMNC-044' ), 'refused', 'refused', null ],
		[ '500 CMNU-003', errorOf( 'CMNU-003' ), 'stumbled', 'stumbled', true ],
		[ '400 CMNC-006', errorOf( 'CMNC-006' ), 'refused', 'refused', null ],
		[ '400 INTC-064', errorOf( 'INTC-064' ), 'refused', 'refused', null ],
		[ '400 ORDC-005', errorOf( 'ORDC-005' ), 'refused', 'refused', null ],
		[
			'404 CMNC-404 (of a search)',
			errorOf( 'No Contact Found' ),
			'refused',
			'refused',
			null,
		],
		[
			'409 without a known code',
			answer( 409, {
				errors: [ { code: 'ORDX-1', message: 'Conflict' } ],
			} ),
			'refused',
			'refused',
			null,
		],
		[
			'500 of an unknown code',
			answer( 500, { errors: [ { code: 'ORDX-1', message: '?' } ] } ),
			'stumbled',
			'stumbled',
			true,
		],
		[
			'500 ORDU',
			answer( 400, { errors: [ { code: 'ORDU-001', message: '?' } ] } ),
			'stumbled',
			'stumbled',
			true,
		],
		[
			'403',
			answer( 403, { response: 'Forbidden' } ),
			'refused',
			'refused',
			null,
		],
		[
			'403 with a code',
			answer( 403, { errors: [ { code: 'CMNC-403', message: 'no' } ] } ),
			'refused',
			'refused',
			null,
		],
		[
			'GWY code',
			answer( 400, { errors: [ { code: 'GWY-001', message: 'no' } ] } ),
			'unauthorized',
			'unauthorized',
			null,
		],
		[ '429', answer( 429, 'slow down' ), 'throttled', 'throttled', false ],
		[ '500 HTML', answer( 500, HTML ), 'outage', 'outage', true ],
		[ '502 HTML', answer( 502, HTML ), 'outage', 'outage', true ],
		[ '503 HTML', answer( 503, HTML ), 'outage', 'outage', true ],
		[ '404 HTML', answer( 404, HTML ), 'outage', 'outage', true ],
		[ '403 HTML', answer( 403, HTML ), 'outage', 'outage', true ],
		[
			'200 cut',
			answer( 200, '{"response":9352' ),
			'outage',
			'outage',
			true,
		],
		[ '200 empty', answer( 200, '' ), 'outage', 'outage', true ],
		[ '200 HTML', answer( 200, HTML ), 'outage', 'outage', true ],
		[ '200 a bare list', answer( 200, '[]' ), 'outage', 'outage', true ],
		[
			'200 with errors',
			answer( 200, {
				errors: [
					{ code: 'ORDC-022', message: 'Suppllier ID Required.' },
				],
			} ),
			'refused',
			'refused',
			null,
		],
		[
			'302',
			answer( 302, '', { location: 'https://evil.test' } ),
			'refused',
			'refused',
			null,
		],
		[
			'400 of the gateway',
			answer( 400, { response: 'Bad request' } ),
			'refused',
			'refused',
			null,
		],
		[ 'no answer', lost, 'outage', 'outage', true ],
		[ 'never sent', unreachable, 'outage', 'outage', false ],
	];
	test.each( table )( '%s', ( _what, outcome, read, write, unknown ) => {
		const onRead = judge( outcome );
		const onWrite = judge( outcome, { write: true } );
		expect( onRead.kind ).toBe( read );
		expect( onWrite.kind ).toBe( write );
		if ( 'failure' in onRead && onRead.failure.kind === 'retry' ) {
			expect( onRead.failure.outcomeUnknown ).toBe( false );
		}
		if ( 'failure' in onWrite && onWrite.failure.kind === 'retry' ) {
			expect( onWrite.failure.outcomeUnknown ).toBe( unknown );
			expect( onWrite.failure.side ).toBe( 'brightpearl' );
		} else {
			expect( unknown ).toBeNull();
		}
	} );

	test.each( [ ...fixtures.writes, ...fixtures.search ] )(
		'an answer: $name',
		( { status, body } ) => {
			expect( judge( answer( status, body ) ) ).toEqual( {
				kind: 'answer',
				body,
			} );
			expect(
				judge( answer( status, body ), { write: true } ).kind
			).toBe( 'answer' );
		}
	);
} );

describe( 'what is none', () => {
	const noContact = errorOf( 'No Contact Found' );
	const noAddress = errorOf( 'Cannot find the resource' );

	test.each< [ NoneOn404, string, string ] >( [
		[ 'never', 'refused', 'refused' ],
		[ 'record', 'none', 'refused' ],
		[ 'any', 'none', 'none' ],
	] )(
		'a read where 404 means none: %s; an unknown record is %s, an unknown address %s',
		( none, record, address ) => {
			expect( judge( noContact, { none } ).kind ).toBe( record );
			expect( judge( noAddress, { none } ).kind ).toBe( address );
			expect( judge( noContact, { none, write: true } ).kind ).toBe(
				'refused'
			);
		}
	);
	test( 'a 404 that Brightpearl did not write itself is never none', () => {
		expect( judge( answer( 404, HTML ), { none: 'any' } ).kind ).toBe(
			'outage'
		);
		expect(
			judge( answer( 404, { response: 'nothing here' } ), {
				none: 'any',
			} ).kind
		).toBe( 'refused' );
	} );
} );

describe( 'what is told', () => {
	test( 'the code and the text, with escapes decoded, and the request id', () => {
		const verdict = judge(
			answer(
				500,
				'{"errors":[{"code":"CMNC-018","message":"The filter orderStatusId\\u003dBAD PARAM cannot be parsed as: INTEGER"},{"code":"ORDC-026","message":"second"}]}',
				{ ruid: 'abc' }
			)
		);
		expect( verdict ).toMatchObject( {
			kind: 'refused',
			failure: {
				kind: 'hold',
				ruid: 'abc',
				problem: {
					code: 'refused-by-brightpearl',
					message: expect.stringContaining(
						'CMNC-018 The filter orderStatusId=BAD PARAM cannot be parsed as: INTEGER; ORDC-026 second'
					),
				},
			},
		} );
	} );

	test( 'credentials and rights are told apart from refusals', () => {
		for ( const outcome of [
			gateway( 'unknown token' ),
			answer( 403, { response: 'Forbidden' } ),
		] ) {
			expect( judge( outcome ) ).toMatchObject( {
				failure: { problem: { code: 'credentials-brightpearl' } },
			} );
		}
	} );

	test.each( [
		gateway( 'unknown token' ),
		answer( 400, {
			errors: [ { code: 'CMNC-010', message: `you sent ${ TOKEN }` } ],
		} ),
		answer(
			400,
			`{"response":"you sent ${ TOKEN.replace( '=', '\\u003d' ) }"}`
		),
		answer( 403, { response: `not with ${ TOKEN }` } ),
		{ ...lost, message: `POST failed with ${ TOKEN }` } as HttpOutcome,
	] )( 'a token that is echoed is never quoted (%#)', ( outcome ) => {
		const told = JSON.stringify( judge( outcome ) );
		expect( told ).not.toContain( TOKEN );
		expect( told ).not.toContain( 'BADTOKEN' );
	} );

	test( 'how long a throttled answer asks to wait', () => {
		const busy = { response: 'You have sent too many requests.' };
		const after = ( headers: Record< string, string > ) => {
			const verdict = judge( answer( 503, busy, headers ) );
			return verdict.kind === 'throttled' ? verdict.failure.after : 'x';
		};
		expect( after( { 'brightpearl-next-throttle-period': '41234' } ) ).toBe(
			41234
		);
		expect( after( { 'retry-after': '7' } ) ).toBe( 7000 );
		expect(
			after( { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' } )
		).toBe( 30_000 );
		expect( after( {} ) ).toBeNull();
	} );
} );
