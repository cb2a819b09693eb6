/**
 * One order in full, and what can be done with it by hand.
 */
import type { Account } from './account.ts';
import { describeOrder } from './describe.ts';
import type { Address, Order } from './model.ts';
import { facts, form, link, table } from './page-html.ts';
import type { Content } from './page-html.ts';

export const orderPath = ( account: Account, order: Order ): string =>
	`/orders/${ account.code }/${ order.id }`;

const addressText = ( address: Address ): string =>
	[
		address.addressFullName,
		address.companyName,
		address.addressLine1,
		address.addressLine2,
		address.addressLine3,
		address.addressLine4,
		address.postalCode,
		address.country ?? '',
		address.telephone,
		address.email,
	]
		.filter( ( part ) => part !== '' )
		.join( ', ' );

function actions( account: Account, order: Order ): string {
	const back = orderPath( account, order );
	const hidden = { account: account.code, orderId: order.id };
	const button = ( action: string, text: string, plain = true ): string =>
		form( {
			action: `/do/${ action }`,
			back,
			hidden,
			button: text,
			plain,
		} );
	return `<div class="actions">${ button( 'ship', 'Ship', false ) }${ button( 'unallocate', 'Release the reservation' ) }${ button( 'cancel', 'Cancel the order' ) }</div>`;
}

export function orderPage( account: Account, order: Order ): string {
	const shown = describeOrder( account, order );
	const entries: ( readonly [ string, Content ] )[] = [
		[ 'Account', link( '/', account.code ) ],
		[ 'Reference', shown.ref ],
		[ 'External reference', shown.externalRef ?? 'none' ],
		[ 'Instance', shown.installedIntegrationInstanceId ?? 'none' ],
		[ 'Status', `${ shown.status ?? '' } (${ shown.statusId })` ],
		[ 'Total', `${ shown.total } ${ shown.currency }, tax ${ shown.tax }` ],
		[
			'Codes',
			`payment ${ shown.paymentStatus }, allocation ${ shown.allocation }, shipping ${ shown.shipping }, stock ${ shown.stock }`,
		],
		[ 'Placed', shown.placedOn ],
		[ 'Created', `${ shown.createdOn }, version ${ shown.version }` ],
		[ 'Customer', `${ shown.customerId } ${ shown.email ?? '' }` ],
		[ 'Delivery', addressText( order.deliveryAddress ) ],
		[ 'Billing', addressText( order.billingAddress ) ],
	];
	return `${ actions( account, order ) }
${ facts( entries ) }
<h2>Rows</h2>
${ table(
	'Rows of the order',
	[
		'Row',
		'SKU',
		'Name',
		'Quantity#',
		'Net#',
		'Tax#',
		'Tax code',
		'Nominal code',
		'External reference',
	],
	order.rows.map( ( row ) => [
		row.id,
		row.sku,
		`${ row.bundleChild ? '↳ ' : '' }${ row.name }`,
		Number( row.quantity ),
		row.net,
		row.tax,
		row.taxCode,
		row.nominalCode,
		row.externalRef ?? '',
	] )
) }
<h2>Money and goods</h2>
${ table(
	'Payments',
	[
		'Payment',
		'Type',
		'Amount#',
		'Method',
		'Reference',
		'Paid on',
		'Journal',
	],
	shown.payments.map( ( payment ) => [
		payment.id,
		payment.type,
		`${ payment.type === 'AUTH' || payment.type === 'VOID' ? payment.authorized : payment.paid } ${ payment.currency }`,
		payment.methodCode,
		payment.transactionRef ?? '',
		payment.paidAt,
		payment.journalId ?? '',
	] )
) }
${ table(
	'Reserved',
	[ 'Row', 'Product', 'Quantity#', 'Warehouse' ],
	Object.entries( shown.reservation?.rows ?? {} ).map( ( [ row, held ] ) => [
		row,
		held.productId,
		held.quantity,
		shown.reservation?.warehouseId ?? '',
	] )
) }
${ table(
	'Goods-out notes',
	[ 'Note', 'Warehouse', 'Shipped', 'Tracking', 'Pieces#' ],
	shown.goodsOut.map( ( note ) => [
		note.id,
		note.warehouseId,
		note.shipped ? 'yes' : 'not yet',
		note.reference,
		Object.values( note.rows ).reduce(
			( sum, { quantity } ) => sum + quantity,
			0
		),
	] )
) }
${ table(
	'Notes',
	[ 'Text', 'Public' ],
	shown.notes.map( ( { text, isPublic } ) => [
		text,
		isPublic ? 'yes' : 'no',
	] )
) }`;
}
