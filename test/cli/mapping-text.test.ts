import { expect, test } from '@jest/globals';
import { reportCsv, reportText } from '../../src/cli/texts/mapping.ts';
import type { MappingItem } from '../../src/contracts/answers.ts';

const item = ( n: number ): MappingItem => ( {
	kind: 'payment',
	code: 'payment-unmapped',
	level: 'error',
	store: `=m${ n }`,
	name: null,
	brightpearl: null,
	proposal: {
		key: `orders.payments.m${ n }`,
		value: '"CARD"',
		label: 'Card',
		why: 'It is the only one.',
	},
	message: `Method ${ n } is not mapped.`,
	orders: null,
} );
const report = ( items: MappingItem[], ready: boolean ) => ( {
	connection: 'main',
	readAt: '2026-01-01T00:00:00.000Z',
	ready,
	skus: {
		total: 3,
		matched: 2,
		aliased: 0,
		missing: 1,
		duplicate: 0,
		similar: 0,
		parentOnly: 0,
		empty: 0,
	},
	items,
	trouble: [],
} );

test( 'the worst are shown with the command that would help, the rest counted', () => {
	const text = reportText(
		report(
			Array.from( { length: 25 }, ( _, n ) => item( n ) ),
			false
		)
	);
	expect( text ).toContain(
		'main is not ready: 25 things would stop orders.'
	);
	expect( text ).toContain( `settings set 'orders.payments.m0="CARD"'` );
	expect( text ).toContain( '5 more with --csv' );
	expect( text ).not.toContain( 'Method 20 ' );
	expect( reportText( report( [], true ) ) ).toContain( 'main is ready' );
} );

test( 'the table holds everything, and no formula', () => {
	const csv = reportCsv( report( [ item( 1 ), item( 2 ) ], false ) );
	expect( csv.split( '\r\n' ) ).toHaveLength( 4 );
	expect( csv ).toContain( ",'=m1," );
} );
