import { describe, expect, test } from '@jest/globals';
import { whyNot } from '../../../../admin-ui/src/screens/orders/deeds.ts';
import { settingsSchema } from '../../../../src/contracts/settings.ts';

const SETTINGS = settingsSchema.parse( {} );

describe( 'what makes no sense just now', () => {
	test.each( [
		[ 'push', 'synced', 'processing', true ],
		[ 'push', 'problem', 'processing', true ],
		[ 'push', 'working', 'processing', false ],
		[ 'push', 'held', 'processing', false ],
		[ 'push', 'ignored', 'processing', false ],
		[ 'push', 'not-due', 'pending', false ],
		[ 'push', 'not-due', 'processing', true ],
		[ 'hold', 'held', 'processing', false ],
		[ 'hold', 'synced', 'processing', true ],
		[ 'release', 'synced', 'processing', false ],
		[ 'release', 'held', 'processing', true ],
		[ 'release', 'ignored', 'processing', true ],
		[ 'ignore', 'ignored', 'processing', false ],
		[ 'ignore', 'problem', 'processing', true ],
	] as const )(
		'%s of an order that is %s (%s in the shop): %s',
		( deed, state, storeStatus, can ) => {
			const reason = whyNot( deed, { state, storeStatus }, SETTINGS );
			expect( reason === null ).toBe( can );
		}
	);

	test( 'while the settings are not known nothing is forbidden by them', () => {
		expect(
			whyNot( 'push', { state: 'not-due', storeStatus: 'pending' }, null )
		).toBeNull();
	} );
} );
