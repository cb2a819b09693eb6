/** What must be true of Brightpearl's side, from the shop's. */
import { expect } from '@jest/globals';
import type { Problem } from '../../../src/contracts/problem.ts';
import { decimal, money } from '../../../src/domain/money.ts';
import type { AccountState, WooOrder } from './shapes.ts';

/** An amount at two decimals, whatever either side printed. */
export const pence = ( text: string ): string => money( decimal( text ), 2 );

/** Rows that the shop's order must have in Brightpearl: reference → net and tax as the shop shows them. */
export function expectedRows(
	order: WooOrder
): Map< string, { net: string; tax: string } > {
	const charges = (
		kind: string,
		lines: readonly { id: number; total: string; total_tax: string }[]
	) =>
		lines
			.filter(
				( line ) =>
					! (
						decimal( line.total ).eq( 0 ) &&
						decimal( line.total_tax ).eq( 0 )
					)
			)
			.map(
				( line ) =>
					[ `${ kind }-${ line.id }`, amounts( line ) ] as const
			);
	const amounts = ( line: { total: string; total_tax: string } ) => ( {
		net: pence( line.total ),
		tax: pence( line.total_tax ),
	} );
	return new Map( [
		...order.line_items.map(
			( line ) => [ `line-${ line.id }`, amounts( line ) ] as const
		),
		...charges( 'ship', order.shipping_lines ),
		...charges( 'fee', order.fee_lines ),
	] );
}

/** Credits are orders of their own there. */
export const salesOf = ( { orders }: Pick< AccountState, 'orders' > ) =>
	orders.filter( ( { type } ) => type === 'SO' );
export const creditsOf = ( { orders }: Pick< AccountState, 'orders' > ) =>
	orders.filter( ( { type } ) => type === 'SC' );

/** Everything that occurs more often than once: references, payments, contacts. */
export function doubled( state: AccountState ): string[] {
	const seen = new Map< string, number >();
	const count = ( key: string | null ) => {
		if ( key !== null ) {
			seen.set( key, ( seen.get( key ) ?? 0 ) + 1 );
		}
	};
	for ( const order of state.orders ) {
		count( order.externalRef && `order ${ order.externalRef }` );
		for ( const payment of order.payments ) {
			count(
				payment.transactionRef && `payment ${ payment.transactionRef }`
			);
		}
	}
	for ( const contact of state.contacts ) {
		count( contact.email && `contact ${ contact.email.toLowerCase() }` );
	}
	return [ ...seen ]
		.filter( ( [ , times ] ) => times > 1 )
		.map( ( [ key ] ) => key );
}

/** The instant at which the day of `time` began in a zone. */
export function midnightIn( timeZone: string, time: string ): string {
	const local = new Intl.DateTimeFormat( 'en-CA', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium',
		hourCycle: 'h23',
	} );
	const [ day ] = local.format( new Date( time ) ).split( ',' );
	const QUARTER = 900_000;
	for (
		let offset = -56 * QUARTER;
		offset <= 56 * QUARTER;
		offset += QUARTER
	) {
		const at = new Date( Date.parse( `${ day }T00:00:00Z` ) + offset );
		if ( local.format( at ) === `${ day }, 00:00:00` ) {
			return at.toISOString();
		}
	}
	throw new Error( `${ time } has no midnight in ${ timeZone }.` );
}

/** Every problem says all that a person needs. */
export function expectInPlainWords( problem: Problem | null ): void {
	for ( const text of [ problem?.message, problem?.cause, problem?.fix ] ) {
		expect( text ).toMatch( /^.{15,}[.)]$/ );
	}
}
