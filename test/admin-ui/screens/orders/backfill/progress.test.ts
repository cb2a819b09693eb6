import { describe, expect, test } from '@jest/globals';
import type { Backfill } from '../../../../../src/contracts/answers.ts';
import {
	backfillLabel,
	backfillName,
	daysFault,
	foundText,
	partsOf,
	pausedText,
	progressWords,
} from '../../../../../admin-ui/src/screens/orders/backfill/progress.ts';

const backfill = ( more: Partial< Backfill > = {} ): Backfill => ( {
	id: 3,
	state: 'running',
	total: 200,
	synced: 150,
	problems: 10,
	remaining: 40,
	there: 0,
	from: '2026-10-01',
	to: '2026-10-31',
	startedAt: '2026-11-21T09:00:00Z',
	...more,
} );

describe( 'how far a backfill has got', () => {
	test( 'is told in shares of all, without what is nothing', () => {
		expect( partsOf( backfill() ) ).toEqual( [
			{ name: 'synced', share: 75 },
			{ name: 'problems', share: 5 },
		] );
		expect(
			partsOf( backfill( { synced: 0, problems: 0, remaining: 200 } ) )
		).toEqual( [] );
	} );

	test( 'one without orders has no bar, and one that counts more than all no longer one', () => {
		expect(
			partsOf( backfill( { total: 0, synced: 0, problems: 0 } ) )
		).toEqual( [] );
		expect( partsOf( backfill( { synced: 400, problems: 0 } ) ) ).toEqual( [
			{ name: 'synced', share: 100 },
		] );
	} );

	test( 'is said in words, as the bar’s own text', () => {
		expect( progressWords( backfill() ) ).toBe(
			'150 of 200 synced, 10 with a problem, 40 remaining'
		);
		expect(
			progressWords(
				backfill( { synced: 200, problems: 0, remaining: 0 } )
			)
		).toBe( '200 of 200 synced' );
	} );

	test( 'done with problems is no success', () => {
		expect( backfillLabel( backfill( { state: 'done' } ) ).tone ).toBe(
			'warning'
		);
		expect(
			backfillLabel( backfill( { state: 'done', problems: 0 } ) ).tone
		).toBe( 'success' );
		expect( backfillLabel( backfill( { state: 'paused' } ) ).text ).toBe(
			'Paused'
		);
	} );
} );

describe( 'the days of a backfill', () => {
	test( 'name it; one of an earlier version has only its number', () => {
		expect( backfillName( backfill() ) ).toMatch( /Oct.* to .*Oct/ );
		expect( backfillName( backfill( { to: '2026-10-01' } ) ) ).not.toMatch(
			/ to /
		);
		expect( backfillName( backfill( { from: null, to: null } ) ) ).toBe(
			'Backfill 3'
		);
	} );

	test.each( [
		[ '', '2026-10-31', /Choose/ ],
		[ '2026-10-01', '', /Choose/ ],
		[ '2026-10-02', '2026-10-01', /after/ ],
	] )( 'from “%s” to “%s” cannot be asked for', ( from, to, why ) => {
		expect( daysFault( from, to ) ).toMatch( why );
	} );

	test( 'one day is enough', () => {
		expect( daysFault( '2026-10-01', '2026-10-01' ) ).toBeNull();
	} );
} );

test( 'what a look found: to push, and there already', () => {
	expect( foundText( { total: 12, there: 3 } ) ).toBe(
		'12 orders to push, 3 there already.'
	);
	expect( foundText( { total: 1, there: 0 } ) ).toBe( '1 order to push.' );
	expect( foundText( { total: 0, there: 3 } ) ).toBe(
		'None to push, 3 there already.'
	);
	expect( foundText( { total: 0, there: null } ) ).toMatch( /^No order/ );
} );

test( 'those that were there already are told with the progress', () => {
	expect( progressWords( backfill( { there: 7 } ) ) ).toMatch(
		/40 remaining, 7 there already$/
	);
} );

test( 'a pause says that what is under way finishes', () => {
	expect( pausedText() ).toMatch( /under way finish/ );
} );
