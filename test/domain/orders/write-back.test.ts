/** What the shop is told of an order, and when it is left alone. */
import { describe, expect, test } from '@jest/globals';
import type {
	OrderLink,
	WrittenBack,
} from '../../../src/contracts/database.ts';
import {
	settingsSchema,
	type Settings,
} from '../../../src/contracts/settings.ts';
import {
	followsStatus,
	planWriteBack,
	statusToWrite,
	writesBack,
} from '../../../src/domain/orders/write-back.ts';

type Wanted = Partial< Settings[ 'writeBack' ] >;

const NEW = 1;
const SHIPPED = 4;
const CANCELLED = 5;

function settings( wanted: Wanted = {} ): Settings[ 'writeBack' ] {
	return settingsSchema.parse( { writeBack: wanted } ).writeBack;
}

const mapped = settings( {
	status: {
		[ NEW ]: 'processing',
		[ SHIPPED ]: 'completed',
		[ CANCELLED ]: 'cancelled',
	},
} );

function pushed(
	storeStatus = 'processing',
	statusId: number | null = NEW
): OrderLink[ 'pushed' ] {
	const part = { mark: '', found: null };
	return {
		storeStatus,
		statusId,
		rows: [],
		parts: {
			reference: part,
			billing: part,
			delivery: part,
			shippingMethod: part,
		},
	};
}

function told( more: Partial< WrittenBack > = {} ): WrittenBack {
	return {
		salesOrderId: 20871,
		statusId: null,
		status: null,
		noted: false,
		...more,
	};
}

describe( 'a status', () => {
	test.each<
		[ string, number | null, string, WrittenBack | null, string | null ]
	>( [
		[
			'that Brightpearl changed',
			SHIPPED,
			'processing',
			null,
			'completed',
		],
		[ 'that is as it was agreed', NEW, 'processing', null, null ],
		[
			'that we gave Brightpearl, while the shop went on',
			NEW,
			'on-hold',
			null,
			null,
		],
		[ 'that the shop has', SHIPPED, 'completed', null, null ],
		[ 'that has no shop status', 9, 'processing', null, null ],
		[ 'that nobody read', null, 'processing', null, null ],
		[
			'that was told before, and the shop went on from',
			SHIPPED,
			'on-hold',
			told( { statusId: SHIPPED, status: 'completed' } ),
			null,
		],
		[
			'that came back to what it was at first',
			NEW,
			'completed',
			told( { statusId: SHIPPED, status: 'completed' } ),
			'processing',
		],
		[
			'that came back after another without a shop status',
			SHIPPED,
			'processing',
			told( { statusId: 9, status: 'completed' } ),
			'completed',
		],
		[
			'of an order the shop has refunded',
			SHIPPED,
			'refunded',
			null,
			null,
		],
		[
			'of an order the shop has cancelled',
			SHIPPED,
			'cancelled',
			null,
			null,
		],
		[
			'of an order that was cancelled from Brightpearl',
			SHIPPED,
			'cancelled',
			told( { statusId: CANCELLED, status: 'cancelled' } ),
			'completed',
		],
		[ 'that cancels', CANCELLED, 'processing', null, 'cancelled' ],
		[ 'of an order in the trash', SHIPPED, 'trash', null, null ],
	] )( '%s', ( _, statusId, storeStatus, writtenBack, expected ) => {
		expect(
			statusToWrite(
				mapped,
				{ pushed: pushed(), writtenBack },
				statusId,
				storeStatus
			)
		).toBe( expected );
	} );

	test( 'is agreed where ours followed the shop after the last writing', () => {
		expect(
			statusToWrite(
				mapped,
				{
					pushed: pushed( 'on-hold', SHIPPED ),
					writtenBack: told( { statusId: NEW } ),
				},
				SHIPPED,
				'on-hold'
			)
		).toBeNull();
	} );
} );

describe( 'meta and note', () => {
	const link = ( more: Partial< OrderLink > = {} ) => ( {
		salesOrderId: 20871,
		pushed: pushed(),
		writtenBack: null,
		brightpearl: { statusId: SHIPPED } as OrderLink[ 'brightpearl' ],
		...more,
	} );
	const order = ( meta: Record< string, string > = {} ) => ( {
		status: 'processing',
		meta,
	} );

	test( 'both are written where neither is there', () => {
		expect(
			planWriteBack(
				settings( { meta: true, note: true } ),
				link(),
				order(),
				'Shipped'
			)
		).toEqual( {
			meta: {
				_pearlbridge_sales_order: '20871',
				_pearlbridge_status: 'Shipped',
			},
			note: 'Pearlbridge: in Brightpearl as sales order 20871.',
			status: null,
			writtenBack: told( { statusId: SHIPPED, noted: true } ),
		} );
	} );

	test.each( [
		[
			'nothing where it is all there',
			{
				_pearlbridge_sales_order: '20871',
				_pearlbridge_status: 'Shipped',
			},
			null,
		],
		[
			'only what differs',
			{ _pearlbridge_sales_order: '20871', _pearlbridge_status: 'New' },
			{ _pearlbridge_status: 'Shipped' },
		],
	] )( 'meta: %s', ( _, there, expected ) => {
		expect(
			planWriteBack(
				settings( { meta: true } ),
				link(),
				order( there ),
				'Shipped'
			)?.meta
		).toEqual( expected );
	} );

	test( 'a status without a name is told by its id, and one that nobody read not at all', () => {
		const wanted = settings( { meta: true } );
		expect( planWriteBack( wanted, link(), order(), null )?.meta ).toEqual(
			{
				_pearlbridge_sales_order: '20871',
				_pearlbridge_status: '4',
			}
		);
		expect(
			planWriteBack(
				wanted,
				link( { brightpearl: null } ),
				order(),
				null
			)?.meta
		).toEqual( { _pearlbridge_sales_order: '20871' } );
	} );

	test( 'a note is not added again, but for another sales order', () => {
		const wanted = settings( { note: true } );
		const noted = link( { writtenBack: told( { noted: true } ) } );
		expect(
			planWriteBack( wanted, noted, order(), null )?.note
		).toBeNull();
		expect(
			planWriteBack(
				wanted,
				{ ...noted, salesOrderId: 20999 },
				order(),
				null
			)?.note
		).toContain( '20999' );
	} );

	test( 'an order that is not in Brightpearl has nothing to tell', () => {
		expect(
			planWriteBack(
				settings( { meta: true, note: true } ),
				link( { salesOrderId: null } ),
				order(),
				null
			)
		).toBeNull();
	} );

	test( 'what is switched off is not written', () => {
		expect(
			planWriteBack( settings(), link(), order(), 'Shipped' )
		).toMatchObject( { meta: null, note: null, status: null } );
	} );
} );

test.each< [ Wanted, boolean, boolean ] >( [
	[ {}, false, false ],
	[ { note: true }, true, false ],
	[ { meta: true }, true, true ],
	[ { status: { '4': 'completed' } }, true, true ],
] )(
	'%j writes back: %s, follows the status: %s',
	( wanted, writes, follows ) => {
		expect( writesBack( settings( wanted ) ) ).toBe( writes );
		expect( followsStatus( settings( wanted ) ) ).toBe( follows );
	}
);
