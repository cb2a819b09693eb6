/**
 * The classifier over everything that can come: one verdict, no exception, no secret, and no
 * certainty that is not there.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	classify,
	type Verdict,
} from '../../../src/brightpearl/transport/classify.ts';
import type { HttpOutcome } from '../../../src/contracts/world.ts';
import { answer } from '../world.ts';

const KINDS = [
	'answer',
	'none',
	'unauthorized',
	'throttled',
	'outage',
	'stumbled',
	'refused',
];
const SECRET = 'Zk9+/q=&4<w';

const echo = fc.constantFrom(
	'',
	SECRET,
	encodeURIComponent( SECRET ),
	SECRET.replaceAll( '=', '\\u003d' )
		.replaceAll( '&', '\\u0026' )
		.replaceAll( '<', '\\u003c' )
);
const text = fc
	.tuple( fc.string(), echo, fc.string() )
	.map( ( parts ) => parts.join( '' ) );
const code = fc.oneof(
	fc.constantFrom(
		'CMNC-404',
		'CMNC-006',
		'CMNC-010',
		'CMNC-018',
		'CMNC-044',
		'CMNU-003',
		'INTC-064',
		'ORDC-022',
		'PRDC-024',
		'WHSB-038',
		'WHSC-070',
		'GWY-001',
		'ORDX-1'
	),
	fc.string(),
	fc.constant( undefined ),
	fc.jsonValue()
);
const errors = fc.array(
	fc.oneof( fc.record( { code, message: text } ), fc.jsonValue() )
);
const body = fc.oneof(
	text,
	fc.json(),
	fc.record( { errors } ).map( ( value ) => JSON.stringify( value ) ),
	fc
		.record( { response: fc.oneof( text, fc.jsonValue() ) } )
		.map( ( value ) => JSON.stringify( value ) ),
	fc
		.record( { response: fc.jsonValue(), errors } )
		.map( ( value ) => JSON.stringify( value ) ),
	fc.constantFrom(
		'',
		'{',
		'[]',
		'null',
		'{"response":{"toString":1,"valueOf":1}}',
		'{"__proto__":{"errors":[]}}',
		`${ '['.repeat( 50_000 ) }`,
		`{"response":${ '['.repeat( 5000 ) }${ ']'.repeat( 5000 ) }}`,
		'<html>too many requests</html>'
	)
);
const headers = fc.record(
	{
		ruid: text,
		'retry-after': fc.oneof( fc.string(), fc.nat().map( String ) ),
		'brightpearl-next-throttle-period': fc.oneof(
			fc.string(),
			fc.nat().map( String )
		),
		'content-type': fc.string(),
	},
	{ requiredKeys: [] }
);
const outcome: fc.Arbitrary< HttpOutcome > = fc.oneof(
	{
		weight: 9,
		arbitrary: fc
			.tuple(
				fc.oneof(
					fc.integer( { min: 100, max: 599 } ),
					fc.constantFrom( 200, 204, 207, 302, 400, 401, 403, 404 ),
					fc.constantFrom( 409, 412, 429, 500, 501, 502, 503 )
				),
				body,
				headers
			)
			.map( ( [ status, told, more ] ): HttpOutcome => ( {
				ok: true,
				answer: {
					status,
					body: told,
					headers: Object.fromEntries(
						Object.entries( more ).filter(
							( entry ): entry is [ string, string ] =>
								entry[ 1 ] !== undefined
						)
					),
				},
			} ) ),
	},
	{
		weight: 1,
		arbitrary: fc
			.record( {
				sent: fc.boolean(),
				reason: fc.constantFrom(
					'timeout' as const,
					'network' as const,
					'aborted' as const,
					'too-large' as const
				),
				message: text,
			} )
			.map( ( one ): HttpOutcome => ( { ok: false, ...one } ) ),
	}
);

function judge(
	what: HttpOutcome,
	write: boolean,
	none: 'record' | 'any' | 'never' = 'never'
): Verdict {
	return classify( {
		endpoint: 'POST /x-service/x',
		write,
		none,
		outcome: what,
		secrets: [ SECRET ],
		now: Date.UTC( 2026, 0, 1 ),
	} );
}

const notExecuted = ( { kind }: Verdict, what: HttpOutcome ) =>
	kind === 'throttled' || ( ! what.ok && ! what.sent );

describe( 'whatever comes', () => {
	test( 'has exactly one verdict, is never thrown at, and tells no secret', () => {
		fc.assert(
			fc.property(
				outcome,
				fc.boolean(),
				fc.constantFrom(
					'record' as const,
					'any' as const,
					'never' as const
				),
				( what, write, none ) => {
					const verdict = judge( what, write, none );
					expect( KINDS ).toContain( verdict.kind );
					if ( 'failure' in verdict ) {
						const told = JSON.stringify( verdict.failure );
						expect( told ).not.toContain( SECRET );
						expect( told ).not.toContain(
							encodeURIComponent( SECRET )
						);
						expect( told ).not.toContain( 'Zk9+/q' );
					}
				}
			),
			{ numRuns: 2000 }
		);
	} );

	test( 'leaves a write in doubt unless it was certainly not executed, and a read never', () => {
		fc.assert(
			fc.property( outcome, ( what ) => {
				const write = judge( what, true );
				if ( 'failure' in write && write.failure.kind === 'retry' ) {
					expect( write.failure.outcomeUnknown ).toBe(
						! notExecuted( write, what )
					);
				}
				const read = judge( what, false );
				if ( 'failure' in read && read.failure.kind === 'retry' ) {
					expect( read.failure.outcomeUnknown ).toBe( false );
				}
			} ),
			{ numRuns: 2000 }
		);
	} );

	test( 'asks for a wait that is a number of milliseconds, or for none', () => {
		fc.assert(
			fc.property( outcome, ( what ) => {
				const verdict = judge( what, true );
				if (
					'failure' in verdict &&
					verdict.failure.kind === 'retry'
				) {
					const { after } = verdict.failure;
					expect(
						after === null ||
							( Number.isFinite( after ) && after >= 0 )
					).toBe( true );
				}
			} )
		);
	} );

	test( 'is a success only with a 2xx and without an error', () => {
		fc.assert(
			fc.property( outcome, ( what ) => {
				const verdict = judge( what, true );
				if ( verdict.kind === 'answer' ) {
					expect(
						what.ok && Math.floor( what.answer.status / 100 )
					).toBe( 2 );
					expect( verdict.body[ 'errors' ] ?? [] ).toEqual( [] );
				}
			} )
		);
	} );

	test( 'is permanent by a code of class C or B alone, and never by one of class U', () => {
		const services = fc.constantFrom(
			'CMN',
			'ORD',
			'PRD',
			'WHS',
			'ACC',
			'INT',
			'CON'
		);
		const oneOf = ( classes: readonly string[] ) =>
			fc
				.tuple(
					services,
					fc.constantFrom( ...classes ),
					fc.integer( { min: 1, max: 999 } )
				)
				.map(
					( [ service, type, n ] ) =>
						`${ service }${ type }-${ String( n ).padStart( 3, '0' ) }`
				);
		const told = ( codes: readonly string[], status: number ) =>
			judge(
				answer( status, {
					errors: codes.map( ( one ) => ( {
						code: one,
						message: 'why',
					} ) ),
				} ),
				true
			);
		const status = fc
			.integer( { min: 200, max: 599 } )
			.filter( ( one ) => ! [ 401, 403, 429 ].includes( one ) );
		fc.assert(
			fc.property(
				fc.array( oneOf( [ 'C', 'B' ] ), { minLength: 1 } ),
				status,
				( codes, one ) => {
					const verdict = told( codes, one );
					expect( verdict.kind ).toBe( 'refused' );
					expect( JSON.stringify( verdict ) ).toContain(
						`${ codes[ 0 ] } why`
					);
				}
			)
		);
		fc.assert(
			fc.property(
				fc.array( oneOf( [ 'C', 'B' ] ) ),
				oneOf( [ 'U' ] ),
				status,
				( codes, unexpected, one ) => {
					expect(
						told( [ ...codes, unexpected ], one )
					).toMatchObject( {
						kind: 'stumbled',
						failure: { outcomeUnknown: true },
					} );
				}
			)
		);
	} );
} );

describe( 'codes and statuses one by one', () => {
	const coded = ( status: number, one: string, message = 'why' ) =>
		answer( status, { errors: [ { code: one, message } ] } );

	// Platform reference, §4.3, each with its status.
	test.each< [ number, string ] >( [
		[ 404, 'CMNC-404' ],
		[ 400, 'CMNC-006' ],
		[ 400, 'CMNC-008' ],
		[ 400, 'CMNC-010' ],
		[ 500, 'CMNC-018' ],
		[ 400, 'CMNC-018' ],
		[ 400, 'CMNC-038' ],
		[ 400, 'CMNC-043' ],
		[ 500, 'CMNC-044' ],
		[ 400, 'INTC-064' ],
		[ 400, 'ORDC-005' ],
		[ 400, 'ORDC-006' ],
		[ 400, 'ORDC-022' ],
		[ 400, 'ORDC-023' ],
		[ 400, 'PRDC-014' ],
		[ 400, 'PRDC-024' ],
		[ 400, 'WHSB-038' ],
		[ 400, 'WHSC-070' ],
	] )( '%d %s is permanent', ( status, one ) => {
		expect( judge( coded( status, one ), true ).kind ).toBe( 'refused' );
	} );

	test.each< [ string, HttpOutcome, string, number | null ] >( [
		[ '409', answer( 409, { response: 'there' } ), 'refused', null ],
		[ '412', answer( 412, { response: 'newer' } ), 'refused', null ],
		[ '412 with a code', coded( 412, 'WHSC-999' ), 'refused', null ],
		[
			'429 with a wait in seconds',
			answer( 429, '', { 'retry-after': '7' } ),
			'throttled',
			7000,
		],
		[
			'429 with a wait until a date',
			answer( 429, '', {
				'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT',
			} ),
			'throttled',
			30_000,
		],
		[
			'503 in words',
			answer(
				503,
				{ response: 'You have sent too many requests.' },
				{ 'brightpearl-next-throttle-period': '41234' }
			),
			'throttled',
			41_234,
		],
		[ '503 as HTML', answer( 503, '<html>down</html>' ), 'outage', null ],
		[ '500 of the gateway', coded( 500, 'GWYU-001' ), 'stumbled', null ],
		[ '400 of the gateway', coded( 400, 'GWY-001' ), 'unauthorized', null ],
	] )( '%s', ( _what, what, kind, after ) => {
		const verdict = judge( what, true );
		expect( verdict.kind ).toBe( kind );
		if ( 'failure' in verdict && verdict.failure.kind === 'retry' ) {
			expect( verdict.failure.after ).toBe( after );
		}
	} );

	test( 'an error without a code is told in its words', () => {
		expect(
			judge(
				answer( 400, { errors: [ { message: 'No such thing' } ] } ),
				true
			)
		).toMatchObject( {
			kind: 'refused',
			failure: {
				problem: {
					message:
						'Brightpearl refused POST /x-service/x: 400 No such thing',
				},
			},
		} );
	} );

	test( 'an empty list of errors beside an answer refuses nothing', () => {
		expect(
			judge( answer( 200, { response: 5, errors: [] } ), true ).kind
		).toBe( 'answer' );
		expect( judge( answer( 200, { errors: [] } ), true ).kind ).toBe(
			'outage'
		);
	} );

	test( 'the request id is kept where it can be one', () => {
		const ruid = ( value: string ) => {
			const verdict = judge( answer( 503, '', { ruid: value } ), true );
			return 'failure' in verdict ? verdict.failure.ruid : 'none';
		};
		const id = '8f14e45f-ceea-467f-a0e6-d6bd1f3c0c11';
		expect( ruid( id ) ).toBe( id );
		expect( ruid( SECRET ) ).toBeNull();
		expect( ruid( 'x'.repeat( 65 ) ) ).toBeNull();
	} );
} );
