import { describe, expect, test } from '@jest/globals';
import type { OrderLink } from '../../../src/contracts/database.ts';
import {
	settingsSchema,
	type OrderRule,
} from '../../../src/contracts/settings.ts';
import { isDue, type Due } from '../../../src/domain/orders/due.ts';
import { anOrder } from '../../helpers/an-order.ts';
import { linkWith } from '../../helpers/planning.ts';

const NOW = Date.parse( '2026-07-02T00:00:00Z' );
const PLACED = '2026-07-01T23:30:00Z';
const GO_LIVE = '2026-07-01T00:00:00Z';

interface Case {
	readonly status?: string;
	readonly goLive?: string | null;
	readonly delay?: string;
	readonly link?: Partial< OrderLink >;
	readonly pastDates?: boolean;
	readonly rules?: readonly OrderRule[];
}

const DUE: Due = { due: true };
const not = ( why: string, at: string | null = null ): unknown => ( {
	due: false,
	why,
	at,
} );

describe( 'whether an order is due', () => {
	test.each< [ string, Case, unknown ] >( [
		[ 'a listed status after go-live', {}, DUE ],
		[
			'a status that is not listed',
			{ status: 'pending' },
			not( 'status' ),
		],
		[
			'a status called like a method',
			{ status: 'constructor' },
			not( 'status' ),
		],
		[ 'placed at go-live itself', { goLive: PLACED }, DUE ],
		[
			'placed before go-live',
			{ goLive: '2026-07-01T23:30:01Z' },
			not( 'go-live' ),
		],
		[ 'no go-live', { goLive: null }, not( 'go-live' ) ],
		[
			'a delay that runs',
			{ delay: '1h' },
			not( 'delay', '2026-07-02T00:30:00.000Z' ),
		],
		[ 'a delay that has run out', { delay: '30m' }, DUE ],
		[
			'a delay, but a status that says no',
			{ delay: '1h', status: 'failed' },
			not( 'status' ),
		],
		[ 'held', { link: { decision: 'held' } }, not( 'held' ) ],
		[ 'ignored', { link: { decision: 'ignored' } }, not( 'ignored' ) ],
		[
			'held, though a person pushes',
			{ link: { decision: 'held', forced: true }, pastDates: true },
			not( 'held' ),
		],
		[
			'ignored, though linked',
			{ link: { decision: 'ignored', salesOrderId: 9 } },
			not( 'ignored' ),
		],
		[
			'linked, in whatever status',
			{ link: { salesOrderId: 9 }, status: 'cancelled' },
			DUE,
		],
		[
			'linked, before go-live',
			{ link: { salesOrderId: 9 }, goLive: null },
			DUE,
		],
		[
			'linked, in the trash',
			{ link: { salesOrderId: 9 }, status: 'trash' },
			DUE,
		],
		[
			'pushed by a person, in a status that does not push',
			{ link: { forced: true }, status: 'pending' },
			not( 'status' ),
		],
		[
			'pushed by a person before',
			{ link: { forced: true }, goLive: null },
			DUE,
		],
		[
			'a range of dates: past go-live and delay',
			{ pastDates: true, goLive: null, delay: '24h' },
			DUE,
		],
		[
			'a range of dates keeps to the statuses',
			{ pastDates: true, status: 'pending' },
			not( 'status' ),
		],
		[
			'a rule that says no',
			{ rules: [ { payment: 'stripe', push: false } ] },
			not( 'rule' ),
		],
		[
			'a rule that says no to others',
			{ rules: [ { payment: 'bacs', push: false } ] },
			DUE,
		],
		[
			'a rule that says no after one that fits',
			{
				rules: [ { payment: 'stripe', channelId: 7 }, { push: false } ],
			},
			DUE,
		],
		[
			'a rule that says no, though a person pushes',
			{
				rules: [ { push: false } ],
				link: { forced: true },
				pastDates: true,
			},
			not( 'rule' ),
		],
		[
			'a rule that says no, after go-live or before',
			{ rules: [ { push: false } ], goLive: null },
			not( 'rule' ),
		],
		[
			'a rule that says no to what is in Brightpearl',
			{ rules: [ { push: false } ], link: { salesOrderId: 9 } },
			DUE,
		],
		...[ 'trash', 'checkout-draft', 'auto-draft' ].map(
			( status ): [ string, Case, unknown ] => [
				`${ status }, even by a person`,
				{ pastDates: true, status },
				not( 'status' ),
			]
		),
	] )( '%s', ( _name, given, expected ) => {
		const {
			goLive = GO_LIVE,
			delay = '0s',
			link,
			status = 'processing',
			rules = [],
		} = given;
		expect(
			isDue( {
				order: anOrder( { status, placedAt: PLACED } ),
				settings: settingsSchema.parse( {
					goLive,
					orders: { delay, rules },
				} ),
				link: link === undefined ? null : linkWith( link ),
				now: NOW,
				...( given.pastDates === undefined
					? {}
					: { pastDates: given.pastDates } ),
			} )
		).toEqual( expected );
	} );

	test( 'an order placed in the moment before go-live is reached waits for it', () => {
		expect(
			isDue( {
				order: anOrder( { placedAt: '2026-07-03T00:00:01Z' } ),
				settings: settingsSchema.parse( {
					goLive: '2026-07-03T00:00:00Z',
				} ),
				link: null,
				now: NOW,
			} )
		).toEqual( not( 'go-live', '2026-07-03T00:00:00.000Z' ) );
	} );
} );
