/** Since when orders could have been pushed. */
import { expect, test } from '@jest/globals';
import { ableSince, type Able } from '../../src/domain/able-since.ts';

const LONGEST = 100;
const KNOWN: Able = { since: 1000, seenAt: 5000 };

test.each< [ string, Able | null, number, number ] >( [
	[ 'nothing is known: since the service began', null, 7000, 7000 ],
	[ 'it runs on', KNOWN, 900, 1000 ],
	[ 'it has crashed and come back', KNOWN, 5100, 1000 ],
	[ 'it was away for longer, which does not count', KNOWN, 5101, 1101 ],
	[ 'for days', KNOWN, 905_000, 901_000 ],
] )( '%s', ( _, known, startedAt, wanted ) => {
	expect( ableSince( known, startedAt, LONGEST ) ).toBe( wanted );
} );
