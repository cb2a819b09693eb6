/**
 * A sales order of which every field is set to something the account does not default to, and what
 * the two resources must show of it.
 */
import assert from 'node:assert/strict';
import type { Api } from './case.ts';
import {
	at,
	configured,
	found,
	list,
	makeContact,
	makeSale,
	response,
	taxCodeOf,
	textRow,
	unique,
} from './order-kit.ts';

/** The recorded pair: 31.25 at this rate is 25.31 in the base currency. */
export const RATE = '1.234900';

/** The last of a list that passes: never what an account defaults to, which comes first. */
export async function lastOf(
	api: Api,
	path: string,
	fits: ( entry: unknown ) => boolean = () => true,
	key = 'id'
): Promise< number > {
	const fitting = list( response( await api.get( path ) ) ).filter( fits );
	return fitting.length < 2
		? api.skip( `${ path } has no second entry` )
		: Number( at( fitting.at( -1 ), key ) );
}

/** A currency the account has beside its base. */
export async function foreignCurrency( api: Api ): Promise< string > {
	const rows = await found( api, '/accounting-service/currency-search', {
		columns: 'code,isDefault',
	} );
	const other = rows.find( ( { isDefault } ) => isDefault !== true );
	return other === undefined
		? api.skip( 'the account has one currency' )
		: String( other.code );
}

async function openStatus( api: Api ): Promise< number > {
	const special = [
		await configured( api, 'newSalesOrderStatusId' ),
		await configured( api, 'invoicedOrderStatusId' ),
		await configured( api, 'cancelledOrderStatusId' ),
	].map( Number );
	return lastOf(
		api,
		'/order-service/order-status',
		( status ) =>
			at( status, 'orderTypeCode' ) === 'SO' &&
			at( status, 'disabled' ) === false &&
			! special.includes( Number( at( status, 'statusId' ) ) ),
		'statusId'
	);
}

export const sellingList = ( api: Api ): Promise< number > =>
	lastOf(
		api,
		'/product-service/price-list',
		( entry ) => at( entry, 'priceListTypeCode' ) === 'SELL'
	);

const address = ( addressFullName: string ) => ( {
	addressFullName,
	companyName: `${ addressFullName } Ltd`,
	addressLine1: '9 Harbour Row',
	addressLine2: 'Hotwells',
	addressLine3: 'Bristol',
	addressLine4: 'Avon',
	postalCode: 'BS1 6XN',
	countryIsoCode: 'GBR',
	telephone: '+441170000001',
	mobileTelephone: '+447700900001',
	fax: '+441170000002',
	email: 'ines@example.test',
} );

/** What both resources show of an address as it was sent. */
const PLAIN = Object.keys( address( '' ) ).filter(
	( key ) => key !== 'countryIsoCode'
);

const plainOf = ( shown: unknown ) =>
	Object.fromEntries( PLAIN.map( ( key ) => [ key, at( shown, key ) ] ) );

export const instant = ( value: unknown ): number =>
	Date.parse( String( value ) );

/** Nominal codes of the account, other than the one of its sales. */
export async function otherNominals( api: Api ): Promise< readonly string[] > {
	const sales = await configured( api, 'salesNominalCode' );
	const rows = await found( api, '/accounting-service/nominal-code-search', {
		columns: 'code,bank',
	} );
	const others = rows
		.filter( ( { code, bank } ) => code !== sales && bank !== true )
		.map( ( { code } ) => String( code ) );
	return others.length < 2
		? api.skip( 'the account has too few nominal codes' )
		: others;
}

export async function fullBody( api: Api ) {
	const { code: taxCode } = await taxCodeOf( api );
	const [ nominalCode ] = await otherNominals( api );
	return {
		customer: {
			id: await makeContact( api ),
			address: address( 'Ines Duarte' ),
		},
		billing: {
			contactId: await makeContact( api ),
			address: address( 'Rui Neves' ),
		},
		ref: unique(),
		placedOn: '2026-02-03T09:14:05.000+00:00',
		taxDate: '2026-02-04T00:00:00.000+00:00',
		parentId: await makeSale( api ),
		statusId: await openStatus( api ),
		warehouseId: await lastOf( api, '/warehouse-service/warehouse' ),
		channelId: await lastOf( api, '/product-service/channel' ),
		externalRef: unique(),
		staffOwnerId: await makeContact( api, {
			relationshipToAccount: { isStaff: true, isSupplier: false },
		} ),
		leadSourceId: await lastOf( api, '/contact-service/lead-source' ),
		priceListId: await sellingList( api ),
		priceModeCode: 'INC',
		currency: {
			code: await foreignCurrency( api ),
			fixedExchangeRate: false,
			exchangeRate: RATE,
		},
		delivery: {
			date: '2026-02-06T12:00:00.000+00:00',
			address: address( 'Ana Reis' ),
			shippingMethodId: await lastOf(
				api,
				'/warehouse-service/shipping-method'
			),
		},
		rows: [
			textRow( taxCode, {
				quantity: '2.5000',
				net: '31.2500',
				tax: '6.25',
				nominalCode,
				externalRef: 'line-7',
				sequence: 70,
			} ),
		],
	};
}

type Full = Awaited< ReturnType< typeof fullBody > >;

export function assertSale( sale: unknown, sent: Full ): void {
	for ( const name of [
		'ref',
		'parentId',
		'statusId',
		'warehouseId',
		'channelId',
		'externalRef',
		'staffOwnerId',
		'leadSourceId',
		'priceListId',
		'priceModeCode',
	] as const ) {
		assert.equal( at( sale, name ), sent[ name ], name );
	}
	assert.deepEqual( at( sale, 'currency' ), sent.currency );
	assert.equal( at( sale, 'customer', 'id' ), sent.customer.id );
	assert.equal( at( sale, 'billing', 'contactId' ), sent.billing.contactId );
	for ( const party of [ 'customer', 'billing', 'delivery' ] as const ) {
		assert.deepEqual(
			plainOf( at( sale, party, 'address' ) ),
			plainOf( sent[ party ].address ),
			party
		);
	}
	const { delivery } = sent;
	assert.equal(
		at( sale, 'delivery', 'shippingMethodId' ),
		delivery.shippingMethodId
	);
	assert.equal(
		instant( at( sale, 'delivery', 'date' ) ),
		instant( delivery.date )
	);
	for ( const name of [ 'placedOn', 'taxDate' ] as const ) {
		assert.equal( instant( at( sale, name ) ), instant( sent[ name ] ) );
	}
	for ( const [ name, value ] of Object.entries( sent.rows[ 0 ] ?? {} ) ) {
		assert.equal( at( sale, 'rows', 0, name ), value, name );
	}
}

export function assertOrder( order: unknown, sent: Full ): void {
	const current = at( order, 'assignment', 'current' );
	const rows = Object.values( at( order, 'orderRows' ) as object );
	const [ row ] = rows as unknown[];
	for ( const [ shown, wanted ] of [
		[ at( order, 'reference' ), sent.ref ],
		[ at( order, 'parentOrderId' ), sent.parentId ],
		[ at( order, 'orderStatus', 'orderStatusId' ), sent.statusId ],
		[ at( order, 'warehouseId' ), sent.warehouseId ],
		[ at( order, 'externalRef' ), sent.externalRef ],
		[ at( order, 'priceListId' ), sent.priceListId ],
		[ at( order, 'priceModeCode' ), sent.priceModeCode ],
		[ at( current, 'channelId' ), sent.channelId ],
		[ at( current, 'leadSourceId' ), sent.leadSourceId ],
		[ at( current, 'staffOwnerContactId' ), sent.staffOwnerId ],
		[ at( order, 'currency', 'orderCurrencyCode' ), sent.currency.code ],
		[ at( order, 'currency', 'exchangeRate' ), RATE ],
		[ at( order, 'currency', 'fixedExchangeRate' ), false ],
		[
			at( order, 'delivery', 'shippingMethodId' ),
			sent.delivery.shippingMethodId,
		],
		[ at( order, 'parties', 'customer', 'contactId' ), sent.customer.id ],
		[
			at( order, 'parties', 'billing', 'contactId' ),
			sent.billing.contactId,
		],
		[ at( row, 'nominalCode' ), sent.rows[ 0 ]?.nominalCode ],
		[ at( row, 'orderRowSequence' ), '70' ],
		[ at( row, 'quantity', 'magnitude' ), '2.5000' ],
	] ) {
		assert.equal( shown, wanted );
	}
	for ( const party of [ 'customer', 'billing', 'delivery' ] as const ) {
		assert.deepEqual(
			plainOf( at( order, 'parties', party ) ),
			plainOf( sent[ party ].address ),
			party
		);
	}
	for ( const [ shown, wanted ] of [
		[ at( order, 'placedOn' ), sent.placedOn ],
		[ at( order, 'invoices', 0, 'taxDate' ), sent.taxDate ],
		[ at( order, 'delivery', 'deliveryDate' ), sent.delivery.date ],
	] ) {
		assert.equal( instant( shown ), instant( wanted ) );
	}
}
