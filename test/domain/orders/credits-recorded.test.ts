import { describe, expect, test } from '@jest/globals';
import {
	creditsOf,
	grossOf,
	recordedRefunds,
	rowsOf,
} from '../../helpers/generated-refunds.ts';
import { settingsWith } from '../../helpers/planning.ts';
import { rowLines } from '../../helpers/row-lines.ts';

const recorded = await recordedRefunds();

test( 'all recorded refunds are there', () => {
	expect( recorded ).toHaveLength( 11 );
	expect( recorded.flatMap( ( { refunds } ) => refunds ) ).toHaveLength( 13 );
} );

describe.each( [
	[ 'net', 'shop' ],
	[ 'rows', 'shop' ],
	[ 'net', 'share' ],
] as const )(
	'with discounts "%s" and refundTax "%s"',
	( discounts, refundTax ) => {
		const settings = settingsWith( { discounts, refundTax } );

		test.each(
			recorded.map( ( entry ) => [ entry.name, entry ] as const )
		)(
			'%s is credited to the penny',
			( _name, { order, exact, refunds } ) => {
				const rows = rowsOf( order, exact, settings );
				const credits = creditsOf( order, refunds, rows, settings );
				expect( credits.map( ( credit ) => credit?.total ) ).toEqual(
					refunds.map( ( { amount } ) => amount )
				);
				expect(
					credits.map( ( credit ) => grossOf( credit!.rows ) )
				).toEqual( refunds.map( ( { amount } ) => amount ) );
				expect(
					`\n${ credits
						.flatMap( ( credit ) => [
							`${ credit!.externalRef }: ${ credit!.currency } ${ credit!.total }`,
							...rowLines( credit!.rows ),
						] )
						.join( '\n' ) }\n`
				).toMatchSnapshot();
			}
		);
	}
);
