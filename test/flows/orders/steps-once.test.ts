/**
 * Every step that makes or takes back something, done once: killed before any one of its writes,
 * with its answer lost, refused, and run again.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '../../../src/contracts/primitives.ts';
import type { Failure } from '../../../src/contracts/result.ts';
import {
	createApplyKit,
	problemOf,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import { CASES, type Case } from './step-cases.ts';

let kit: ApplyKit;
afterEach( () => kit.close() );

const LOST: Failure = {
	kind: 'retry',
	cause: 'outage',
	side: 'brightpearl',
	message: 'Brightpearl answers 503.',
	after: null,
	outcomeUnknown: true,
	ruid: null,
};
const REFUSED: Failure = {
	kind: 'hold',
	ruid: null,
	problem: {
		code: 'refused-by-brightpearl',
		message: 'ORDC-900 No.',
		cause: null,
		fix: null,
		field: null,
	},
};

async function begin( { before = [] }: Case ): Promise< void > {
	kit = await createApplyKit();
	kit.erp.definitions.push( {
		code: 'PCF_TEAM',
		name: 'Team',
		type: 'TEXT',
		required: false,
		options: [],
	} );
	if ( before.length > 0 ) {
		expect( ( await kit.run( before ) ).ok ).toBe( true );
		await kit.clock.advance( 60 * SECOND );
	}
	kit.erp.lag = 10 * SECOND;
}

describe.each( CASES )( '$name', ( one ) => {
	const { step, call, made, expected, refusal } = one;

	test( 'killed before any one of its writes is done once', async () => {
		await begin( one );
		let writes = 0;
		await kit.once( [ step ], {
			onWrites( all ) {
				writes = all.length;
			},
		} );
		expect( writes ).toBeGreaterThan( 2 );
		for ( let nth = 0; nth < writes; nth += 1 ) {
			await kit.close();
			await begin( one );
			expect(
				await kit.once( [ step ], {
					dies: ( _write, _args, done ) => done === nth,
				} )
			).toBeNull();
			expect( await kit.run( [ step ] ) ).toMatchObject( { ok: true } );
			expect( [ nth, await made( kit ) ] ).toEqual( [ nth, expected ] );
		}
	} );

	test( 'an answer that is lost makes nothing twice', async () => {
		await begin( one );
		let isFirst = true;
		kit.erp.after = ( asked ) => {
			const loses = asked === call && isFirst;
			isFirst = isFirst && ! loses;
			return loses ? LOST : null;
		};
		expect( await kit.run( [ step ] ) ).toMatchObject( { ok: true } );
		expect( isFirst ).toBe( false );
		expect( await made( kit ) ).toEqual( expected );
	} );

	test( 'run again finds it', async () => {
		await begin( one );
		await kit.run( [ step ] );
		expect( await kit.run( [ step ] ) ).toMatchObject( { ok: true } );
		expect( await made( kit ) ).toEqual( expected );
	} );

	test( 'a refusal is told, and a later run does it', async () => {
		await begin( one );
		let refuses = true;
		kit.erp.before = ( asked ) =>
			asked === call && refuses ? REFUSED : null;
		const refused = await kit.run( [ step ] );
		expect( refused ).toMatchObject( { ok: true } );
		if ( refusal !== null ) {
			expect( problemOf( refused ) ).toMatchObject( {
				code: refusal,
				message: expect.stringContaining( 'ORDC-900 No.' ),
			} );
		}
		if ( one.name !== 'Allocate' ) {
			expect( await made( kit ) ).not.toEqual( expected );
		}
		refuses = false;
		await kit.run( [ step ] );
		expect( await made( kit ) ).toEqual( expected );
	} );
} );
