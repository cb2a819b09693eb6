/**
 * What an order comes to in Brightpearl, whichever way it got there: sales less credits, receipts
 * less refunds, and the pieces that are set aside.
 */
import { decimal, money, sum, ZERO } from '../../../src/domain/money.ts';
import type { ErpState } from './world.ts';

export interface Net {
	readonly sales: string;
	readonly receipts: string;
	/** Pieces by row reference; rows with none are left out. */
	readonly allocated: Readonly< Record< string, number > >;
}

const NOTHING: Net = { sales: '0.00', receipts: '0.00', allocated: {} };

/** @param reference `P-{order}`; its credits are `P-{order}-r{refund}`. */
export function netOf( state: ErpState, reference: string ): Net {
	const orders = state.orders.filter(
		( { type, externalRef } ) => type === 'SO' && externalRef === reference
	);
	const credits = state.orders.filter(
		( { type, externalRef } ) =>
			type === 'SC' &&
			externalRef?.startsWith( `${ reference }-r` ) === true
	);
	if ( orders.length === 0 && credits.length === 0 ) {
		return NOTHING;
	}
	const sales = sum( [
		...orders
			.filter( ( { cancelled } ) => ! cancelled )
			.map( ( { total } ) => decimal( total ) ),
		...credits.map( ( { total } ) => ZERO.minus( total ) ),
	] );
	const receipts = sum(
		[ ...orders, ...credits ].flatMap( ( { payments } ) =>
			payments.map( ( { type, paid } ) =>
				type === 'RECEIPT' ? decimal( paid ) : ZERO.minus( paid )
			)
		)
	);
	const allocated: Record< string, number > = {};
	for ( const { rows, reservation } of orders ) {
		for ( const row of rows ) {
			const held = reservation?.rows[ String( row.id ) ]?.quantity ?? 0;
			if ( held > 0 && row.externalRef !== null ) {
				allocated[ row.externalRef ] =
					( allocated[ row.externalRef ] ?? 0 ) + held;
			}
		}
	}
	return {
		sales: money( sales, 2 ),
		receipts: money( receipts, 2 ),
		allocated,
	};
}

/** Everything of which there is more than one: references of orders, credits and payments. */
export function doubled( state: ErpState ): string[] {
	const references = state.orders.flatMap(
		( { type, externalRef, payments } ) => [
			`${ type } ${ externalRef ?? '' }`,
			...payments.map(
				( { transactionRef, type: kind } ) =>
					`${ kind } ${ transactionRef ?? '' }`
			),
		]
	);
	return [ ...Map.groupBy( references, ( reference ) => reference ) ]
		.filter( ( [ , all ] ) => all.length > 1 )
		.map( ( [ reference ] ) => reference );
}
