/**
 * `customer-payment-search`, and what payments of an order come to (platform reference, §7.1).
 */
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { Big, fixed, sum } from './decimal.ts';
import type { Payment } from './model.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';

const unsorted = { sortable: false } as const;

const signed = ( amount: string, negative: boolean ): Big =>
	negative ? new Big( amount ).neg() : new Big( amount );

/** The page is named in the menu, its shape was never seen: an invention. */
function readTotal( call: Call ): Reply {
	const { account } = call;
	const order = account.tables.orders.get( idOf( call ) );
	if ( ! order ) {
		return refuse(
			404,
			notFound( `Cannot find order: ${ call.params.id ?? '' }` )
		);
	}
	const payments = account.paymentsByOrder( String( order.id ) );
	return answer( {
		orderId: order.id,
		currencyIsoCode: order.currency,
		amountAuthorized: fixed(
			sum(
				payments.map( ( { authorized, type } ) =>
					signed( authorized, type === 'VOID' )
				)
			),
			2
		),
		amountPaid: fixed(
			sum(
				payments.map( ( { paid, type } ) =>
					signed( paid, type === 'PAYMENT' )
				)
			),
			2
		),
	} );
}

export const paymentSearchRoutes: readonly Route[] = [
	route(
		'GET',
		'/accounting-service/sale-payment-total/{id}',
		'get-sale-payment-total',
		readTotal
	),
	...searchRoutes< Payment >( {
		path: '/accounting-service/customer-payment-search',
		columns: [
			{ name: 'paymentId', type: 'IDSET', value: ( row ) => row.id },
			{
				name: 'transactionRef',
				type: 'STRING',
				value: ( row ) => row.transactionRef,
				...unsorted,
			},
			{
				name: 'transactionCode',
				type: 'STRING',
				value: ( row ) => row.transactionCode,
				...unsorted,
			},
			{
				name: 'paymentMethodCode',
				type: 'STRING',
				value: ( row ) => row.methodCode,
				...unsorted,
			},
			{
				name: 'paymentType',
				type: 'STRING',
				value: ( row ) => row.type,
				...unsorted,
			},
			{
				name: 'orderId',
				type: 'IDSET',
				value: ( row ) => row.orderId,
				...unsorted,
			},
			{
				name: 'currencyId',
				type: 'IDSET',
				value: ( row, account ) =>
					account.profile.currencies.find(
						( { code } ) => code === row.currency
					)?.id ?? null,
				...unsorted,
			},
			{
				name: 'currencyCode',
				type: 'STRING',
				value: ( row ) => row.currency,
				...unsorted,
			},
			{
				name: 'amountAuthorized',
				type: 'STRING',
				value: ( row ) =>
					row.type === 'VOID' && ! new Big( row.authorized ).eq( 0 )
						? `-${ row.authorized }`
						: row.authorized,
				...unsorted,
			},
			{
				name: 'amountPaid',
				type: 'STRING',
				value: ( row ) => row.paid,
				...unsorted,
			},
			{
				name: 'expires',
				type: 'PERIOD',
				value: ( row ) => row.expiresAt,
				...unsorted,
			},
			{
				name: 'paymentDate',
				type: 'PERIOD',
				value: ( row ) => row.paidAt,
			},
			{
				name: 'createdOn',
				type: 'PERIOD',
				value: ( row ) => row.createdAt,
			},
			{
				name: 'journalId',
				type: 'IDSET',
				value: ( row ) => row.journalId,
			},
		],
		rows: ( call ) => call.account.tables.payments.values(),
		shortcuts: {
			transactionRef: ( account, value ) =>
				account.paymentsByRef( value ),
		},
	} ),
];
