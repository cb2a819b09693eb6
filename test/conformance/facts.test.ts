import { describe, expect, test } from '@jest/globals';
import { collectCases } from './collect.ts';
import { PLATFORM } from './facts/platform.ts';
import { RESOURCES } from './facts/resources.ts';

const known = new Set(
	( await collectCases() ).map( ( { entry } ) => entry.id )
);

const listed = Object.entries( {
	platform: PLATFORM,
	resources: RESOURCES,
} ).flatMap( ( [ reference, sections ] ) =>
	Object.entries( sections ).flatMap( ( [ section, facts ] ) =>
		facts.map( ( [ mark, fact, ...cases ] ) => ( {
			name: `${ reference } ${ section } [${ mark }] ${ fact }`,
			cases,
		} ) )
	)
);

describe( 'every documented or recorded fact of an endpoint we use has a case', () => {
	test.each( listed )( '$name', ( { cases } ) => {
		expect( cases.length ).toBeGreaterThan( 0 );
		expect( cases.filter( ( id ) => ! known.has( id ) ) ).toEqual( [] );
	} );
} );

test( 'a case tells its source and mark, and what it does in one sentence', async () => {
	for ( const { entry } of await collectCases() ) {
		expect( entry.id ).toMatch( /^[\w-]+\/[\w.-]+$/ );
		expect( entry.source ).toMatch( /§\d/ );
		expect( 'DVRCI' ).toContain( entry.mark );
		expect( entry.fact.length ).toBeGreaterThan( 10 );
	}
} );
