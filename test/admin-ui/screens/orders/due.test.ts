import { describe, expect, test } from '@jest/globals';
import { whyNotDue } from '../../../../admin-ui/src/screens/orders/due.ts';
import { settingsSchema } from '../../../../src/contracts/settings.ts';
import type { Settings } from '../../../../src/contracts/settings.ts';
import { isDue } from '../../../../src/domain/orders/due.ts';

const at = ( time: string ) => `2026-01-01T${ time }:00.000Z`;
const settings = ( goLive: string | null, delay: string ): Settings =>
	settingsSchema.parse( { goLive, orders: { delay } } );

const CASES = [
	[
		'a status that is not pushed',
		'pending',
		at( '10:00' ),
		settings( at( '09:00' ), '0s' ),
		at( '11:00' ),
		'status',
	],
	[
		'no go-live',
		'processing',
		at( '10:00' ),
		settings( null, '0s' ),
		at( '11:00' ),
		'no-go-live',
	],
	[
		'placed before go-live',
		'processing',
		at( '08:00' ),
		settings( at( '09:00' ), '0s' ),
		at( '11:00' ),
		'before-go-live',
	],
	[
		'go-live ahead',
		'processing',
		at( '10:00' ),
		settings( at( '10:00' ), '0s' ),
		at( '09:30' ),
		'go-live-ahead',
	],
	[
		'its delay',
		'processing',
		at( '10:00' ),
		settings( at( '09:00' ), '30m' ),
		at( '10:10' ),
		'delay',
	],
] as const;

describe( 'why an order is not due', () => {
	test.each( CASES )( '%s', ( _, status, placedAt, has, now, why ) => {
		expect(
			whyNotDue(
				{ storeStatus: status, placedAt },
				has,
				Date.parse( now )
			).why
		).toBe( why );
	} );

	test.each( CASES )(
		'%s: the service says no, too',
		( _, status, placedAt, has, now ) => {
			expect(
				isDue( {
					order: { status, placedAt },
					settings: has,
					link: null,
					now: Date.parse( now ),
				} ).due
			).toBe( false );
		}
	);

	test( 'a delay says when it ends', () => {
		expect(
			whyNotDue(
				{ storeStatus: 'processing', placedAt: at( '10:00' ) },
				settings( at( '09:00' ), '30m' ),
				Date.parse( at( '10:10' ) )
			)
		).toEqual( { why: 'delay', at: at( '10:30' ) } );
	} );

	test( 'when nothing says no any more it is only a matter of time', () => {
		expect(
			whyNotDue(
				{ storeStatus: 'processing', placedAt: at( '10:00' ) },
				settings( at( '09:00' ), '0s' ),
				Date.parse( at( '10:10' ) )
			)
		).toEqual( { why: 'soon' } );
	} );
} );
