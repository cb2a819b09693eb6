/** What a person reads of a backfill. */
import { expect, test } from '@jest/globals';
import { backfillText, stoppedText } from '../../src/cli/texts/backfill.ts';
import type { Backfill } from '../../src/contracts/answers.ts';

const BACKFILL: Backfill = {
	id: 3,
	state: 'paused',
	total: 5,
	synced: 2,
	problems: 1,
	remaining: 2,
	there: 4,
	from: '2026-11-01',
	to: '2026-11-02',
	startedAt: '2026-11-21T09:00:00Z',
};

test( 'a dry run tells how many would be pushed, and how many need not', () => {
	const dry = { ...BACKFILL, id: 0, startedAt: null };
	expect( backfillText( { ...dry, total: 1 } ) ).toBe(
		'1 order would be pushed; 4 are in Brightpearl already.'
	);
	expect( backfillText( { ...dry, total: 0, there: 1 } ) ).toBe(
		'0 orders would be pushed; 1 is in Brightpearl already.'
	);
	expect( backfillText( { ...dry, total: 2, there: 0 } ) ).toBe(
		'2 orders would be pushed.'
	);
} );

test( 'its figures, and what is in Brightpearl already where that was counted', () => {
	expect( backfillText( BACKFILL ) ).toBe(
		'Backfill 3 (2026-11-01 to 2026-11-02) is paused: 2 of 5 synced, 1 with problems, 2 remaining; 4 are in Brightpearl already.'
	);
	expect( backfillText( { ...BACKFILL, there: null } ) ).toMatch(
		/2 remaining\.$/
	);
} );

test( 'one that was just paused or cancelled lets what is under way finish', () => {
	expect( stoppedText( BACKFILL ) ).toMatch(
		/already\. Orders that are under way finish\.$/
	);
} );
