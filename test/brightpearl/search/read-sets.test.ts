import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Ask } from '../../../src/brightpearl/transport/call.ts';
import {
	ascending,
	parseIdSet,
} from '../../../src/brightpearl/search/id-set.ts';
import { listOf, readList } from '../../../src/brightpearl/search/read-sets.ts';
import { hold } from '../../../src/contracts/result.ts';

const id = fc.oneof(
	fc.integer( { min: 1, max: 300 } ),
	fc.integer( { min: 1, max: 999_999_999 } )
);
describe( 'a read in sets', () => {
	/** Refuses every set that holds a bad id; leaves out what does not exist. */
	function refusing(
		bad: ReadonlySet< number >,
		missing: ReadonlySet< number >
	) {
		let asked = 0;
		const ask: Ask = async ( { path } ) => {
			asked += 1;
			const set = parseIdSet( path.slice( 1 ) ) ?? [];
			return set.some( ( one ) => bad.has( one ) )
				? {
						kind: 'failed',
						failure: hold( {
							code: 'refused-by-brightpearl',
							message: 'one is bad',
							cause: null,
							fix: null,
							field: null,
						} ).failure,
						status: 400,
						sentAt: 0,
					}
				: {
						kind: 'answer',
						body: {
							response: set.filter(
								( one ) => ! missing.has( one )
							),
						},
						ruid: null,
						sentAt: 0,
					};
		};
		return { ask, count: () => asked };
	}

	test( 'finds all but the bad ones, however they lie', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray( id, { minLength: 1, maxLength: 200 } ),
				fc.array( fc.nat(), { maxLength: 3 } ),
				fc.array( fc.nat(), { maxLength: 20 } ),
				async ( some, badAt, missingAt ) => {
					const pick = ( places: readonly number[] ) =>
						new Set(
							places.map(
								( at ) => some[ at % some.length ] ?? 0
							)
						);
					const bad = pick( badAt );
					const missing = pick( missingAt );
					const { ask, count } = refusing( bad, missing );
					const found = await readList(
						{ ask, prefix: '' },
						{
							ids: some,
							call: ( set ) => ( { path: `/${ set }` } ),
							take: listOf( z.int() ),
							split: true,
						}
					);
					expect( found ).toEqual( {
						ok: true,
						value: ascending( some ).filter(
							( one ) => ! bad.has( one ) && ! missing.has( one )
						),
					} );
					// Halving: about twice the depth for each bad id, never one for each id.
					expect( count() ).toBeLessThanOrEqual( 1 + bad.size * 16 );
				}
			)
		);
	} );

	test( 'of nothing but bad ones gives up before it has asked for each', async () => {
		const all = Array.from( { length: 200 }, ( _one, at ) => at + 1 );
		const { ask, count } = refusing( new Set( all ), new Set() );
		const found = await readList(
			{ ask, prefix: '' },
			{
				ids: all,
				call: ( set ) => ( { path: `/${ set }` } ),
				take: listOf( z.int() ),
				split: true,
			}
		);
		expect( found.ok ).toBe( false );
		expect( count() ).toBeLessThan( 100 );
	} );
} );
