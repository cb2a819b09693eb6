import { expect, test } from '@jest/globals';
import {
	siteProblem,
	siteQuestion,
} from '../../../../admin-ui/src/screens/connections/site-problem.ts';
import { aProblem } from '../../helpers/problem.ts';

const moved = aProblem( {
	id: 9,
	code: 'site-moved',
	subject: 'connection:demo',
	field: 'store',
} );

test( 'the shop calls itself another site: a person is asked', () => {
	expect( siteProblem( [ aProblem(), moved ], 'demo' ) ).toBe( moved );
} );

test( 'not for another connection, nor where deliveries come from elsewhere', () => {
	expect( siteProblem( [ moved ], 'other' ) ).toBeNull();
	expect(
		siteProblem( [ { ...moved, field: 'paired' } ], 'demo' )
	).toBeNull();
	expect(
		siteProblem( [ { ...moved, field: 'store.url' } ], 'demo' )
	).toBeNull();
} );

test( 'it is looked for wherever something is the matter, and among all of a paused one', () => {
	expect( siteQuestion( 'demo', 'paused' ) ).toEqual( {
		connection: 'demo',
		limit: null,
	} );
	expect( siteQuestion( 'demo', 'down' ) ).not.toBeNull();
	expect( siteQuestion( 'demo', 'degraded' ) ).not.toBeNull();
	expect( siteQuestion( 'demo', 'ok' ) ).toBeNull();
	expect( siteQuestion( 'demo', null ) ).toBeNull();
} );
