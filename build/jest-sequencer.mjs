/**
 * The long suites first: the two workers then end together, and not one of them minutes later.
 */
import Sequencer from '@jest/test-sequencer';

/** Longest first; the others in Jest's own order after them. */
const LONG = [ 'test/chaos/', 'test/e2e/wordpress/', 'test/e2e/' ];

const rankOf = ( { path } ) => {
	const rank = LONG.findIndex( ( folder ) => path.includes( folder ) );
	return rank < 0 ? LONG.length : rank;
};

export default class LongFirst extends Sequencer {
	sort( tests ) {
		return [ ...super.sort( tests ) ].sort(
			( one, other ) => rankOf( one ) - rankOf( other )
		);
	}
}
