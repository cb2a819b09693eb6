/**
 * The sales credits of the Brightpearl in memory.
 */
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import {
	addressFrom,
	Refused,
	rowsFrom,
	totalsOf,
	type Answer,
} from './order-parts.ts';
import type { FakeOrderBrightpearl } from './order-brightpearl.ts';
import { UNTOLD } from './untold.ts';

export function creditsOf(
	fakeOf: () => FakeOrderBrightpearl,
	answer: Answer,
	clock: Clock
): Pick<
	Brightpearl,
	'createSalesCredit' | 'deleteOrderRow' | 'findSalesCredits' | 'salesCredits'
> {
	return {
		createSalesCredit: ( body ) =>
			answer( 'createSalesCredit', () => {
				const fake = fakeOf();
				const same = fake.credits.find(
					( { externalRef } ) => externalRef === body.externalRef
				);
				if (
					same &&
					body.installedIntegrationInstanceId !== undefined
				) {
					return same.id;
				}
				const rows = rowsFrom( fake, body );
				const id = 8000 + fake.credits.length;
				fake.credits.push( {
					...UNTOLD,
					id,
					externalRef: body.externalRef,
					reference: body.ref,
					parentOrderId: body.parentId ?? null,
					statusId: 10,
					contactId: body.customer.id,
					placedOn: new Date( body.placedOn ).toISOString(),
					currency: body.currency.code,
					exchangeRate: body.currency.exchangeRate ?? '1.000000',
					...totalsOf( rows ),
					warehouseId: body.warehouseId ?? null,
					channelId: body.channelId ?? null,
					allocation: 'not-needed',
					shipping: 'not-needed',
					paymentStatus: null,
					cancelled: false,
					addresses: {
						...UNTOLD.addresses,
						billing: addressFrom( body.billing.address ),
					},
					rows,
					at: clock.now(),
				} );
				return id;
			} ),
		salesCredits: ( ids ) =>
			answer( 'salesCredits', () =>
				fakeOf().credits.filter( ( { id } ) => ids.includes( id ) )
			),
		findSalesCredits: ( by ) =>
			answer( 'findSalesCredits', () =>
				fakeOf()
					.credits.filter(
						( credit ) =>
							fakeOf().isFound( credit ) &&
							( 'externalRef' in by
								? credit.externalRef === by.externalRef
								: credit.parentOrderId === by.parentId )
					)
					.map( ( credit ) => ( {
						salesCreditId: credit.id,
						parentId: credit.parentOrderId,
						externalRef: credit.externalRef,
						customerRef: credit.reference,
						createdOn: null,
					} ) )
			),
		deleteOrderRow: ( orderId, rowId ) =>
			answer( 'deleteOrderRow', () => {
				const { credits } = fakeOf();
				const at = credits.findIndex( ( { id } ) => id === orderId );
				const credit = credits[ at ];
				if ( credit === undefined || credit.invoiced ) {
					return new Refused( 'An invoiced order cannot be changed' );
				}
				const rows = credit.rows.filter( ( { id } ) => id !== rowId );
				credits[ at ] = { ...credit, rows, ...totalsOf( rows ) };
				return undefined;
			} ),
	};
}
