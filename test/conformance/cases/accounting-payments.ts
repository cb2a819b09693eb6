/**
 * Customer payments (platform reference, §7.1).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import { at, list, makeSale, readOrder, unique } from '../order-kit.ts';
import { hasColumns } from '../stock-kit.ts';
import { bodyOf, responseOf, rowsOf } from '../reading.ts';

const PAYMENT = '/accounting-service/customer-payment';
const SEARCH = '/accounting-service/customer-payment-search';

/** An order's currency: payments are in it. */
async function currencyOf( api: Api, orderId: number ): Promise< string > {
	return String(
		at( await readOrder( api, orderId ), 'currency', 'orderCurrencyCode' )
	);
}

async function pay(
	api: Api,
	orderId: number,
	more: Readonly< Record< string, unknown > > = {}
): Promise< ApiReply > {
	return api.post( PAYMENT, {
		transactionRef: unique().slice( 0, 64 ),
		paymentMethodCode: 'CONFORMANCE',
		paymentType: 'RECEIPT',
		orderId,
		currencyIsoCode: await currencyOf( api, orderId ),
		amountPaid: '12.00',
		paymentDate: '2026-04-17T10:00:00+00:00',
		...more,
	} );
}

const statusOf = async ( api: Api, orderId: number ): Promise< unknown > =>
	at( await readOrder( api, orderId ), 'orderPaymentStatus' );

const payments = async (
	api: Api,
	orderId: number,
	columns: string
): Promise< readonly ( readonly unknown[] )[] > =>
	rowsOf(
		await api.get( SEARCH, {
			query: { orderId: String( orderId ), columns },
		} )
	);

const write = (
	id: string,
	mark: ConformanceCase[ 'mark' ],
	fact: string,
	run: ( api: Api, orderId: number ) => Promise< void >,
	needs?: ConformanceCase[ 'needs' ]
): ConformanceCase => ( {
	id: `payment/${ id }`,
	fact,
	source: 'platform §7.1',
	mark,
	mode: 'write',
	...( needs ? { needs } : {} ),
	run: async ( api ) => run( api, await makeSale( api ) ),
} );

export const paymentCases: readonly ConformanceCase[] = [
	write(
		'create-answers-an-id',
		'V',
		'A payment is made with its id as answer',
		async ( api, order ) => {
			assert( Number.isInteger( responseOf( await pay( api, order ) ) ) );
		}
	),
	write(
		'delete-takes-it-out-of-the-search',
		'V',
		'DELETE answers {}, and the search lists the payment no more',
		async ( api, order ) => {
			const id = Number( responseOf( await pay( api, order ) ) );
			assert.deepEqual(
				bodyOf( await api.delete( `${ PAYMENT }/${ id }` ) ),
				{}
			);
			assert.deepEqual( await payments( api, order, 'paymentId' ), [] );
		}
	),
	write(
		'no-get-and-no-put',
		'D',
		'There is no GET by id and no PUT',
		async ( api, order ) => {
			const id = Number( responseOf( await pay( api, order ) ) );
			assert.equal(
				( await api.get( `${ PAYMENT }/${ id }` ) ).status,
				404
			);
			assert(
				( await api.put( `${ PAYMENT }/${ id }`, {} ) ).status >= 400
			);
		}
	),
	write(
		'reference-and-method-are-unique',
		'D',
		'transactionRef and paymentMethodCode together are unique where a reference is given',
		async ( api, order ) => {
			const transactionRef = unique().slice( 0, 64 );
			bodyOf( await pay( api, order, { transactionRef } ) );
			const twin = await pay( api, order, { transactionRef } );
			assert( twin.status >= 400, `status ${ twin.status }` );
			bodyOf(
				await pay( api, order, {
					transactionRef,
					paymentMethodCode: 'CONFORMANCE2',
				} )
			);
		}
	),
	write(
		'without-a-reference-nothing-is-checked',
		'D',
		'Without a transactionRef two like payments stand',
		async ( api, order ) => {
			for ( let n = 0; n < 2; n++ ) {
				bodyOf(
					await pay( api, order, { transactionRef: undefined } )
				);
			}
		}
	),
	...(
		[
			'paymentMethodCode',
			'paymentType',
			'orderId',
			'currencyIsoCode',
			'paymentDate',
		] as const
	 ).map( ( field ) =>
		write(
			`${ field }-is-required`,
			'D',
			`A payment without ${ field } is refused`,
			async ( api, order ) => {
				const reply = await pay( api, order, { [ field ]: undefined } );
				assert( reply.status >= 400, `status ${ reply.status }` );
			}
		)
	),
	write(
		'method-need-not-exist',
		'D',
		'The method code need not be one of a payment method; such a payment has no journal',
		async ( api, order ) => {
			bodyOf( await pay( api, order ) );
			assert.deepEqual( await payments( api, order, 'journalId' ), [
				[ null ],
			] );
		}
	),
	write(
		'known-method-gets-a-journal',
		'D',
		'A receipt with a known method gets a sales receipt journal at once',
		async ( api, order ) => {
			const methods = [
				...responseOf(
					await api.get( '/accounting-service/payment-method' )
				),
			];
			const currency = await currencyOf( api, order );
			const method = methods.find( ( { bankAccounts } ) =>
				[ ...( bankAccounts ?? [] ) ].some(
					( account ) =>
						String( account.currencyIsoCode ) === currency
				)
			);
			bodyOf(
				await pay( api, order, {
					paymentMethodCode: String( method?.code ),
				} )
			);
			const [ row ] = await payments( api, order, 'journalId' );
			assert.equal( typeof row?.[ 0 ], 'number' );
		}
	),
	write(
		'given-journal-stops-the-receipt',
		'D',
		'A journal id that is given is kept; no other is made',
		async ( api, order ) => {
			bodyOf( await pay( api, order, { paymentMethodCode: 'CARD' } ) );
			const [ first ] = await payments( api, order, 'journalId' );
			bodyOf(
				await pay( api, order, {
					paymentMethodCode: 'CARD',
					journalId: first?.[ 0 ],
				} )
			);
			assert.deepEqual( await payments( api, order, 'journalId' ), [
				first,
				first,
			] );
		},
		[ 'sandbox' ]
	),
	write(
		'payments-move-the-order',
		'D',
		"The order's payment status follows Σ payments: UNPAID, PARTIALLY_PAID, PAID",
		async ( api, order ) => {
			assert.equal( await statusOf( api, order ), 'UNPAID' );
			bodyOf( await pay( api, order, { amountPaid: '5.00' } ) );
			assert.equal( await statusOf( api, order ), 'PARTIALLY_PAID' );
			bodyOf(
				await pay( api, order, {
					amountPaid: '7.00',
					paymentType: 'CAPTURE',
				} )
			);
			assert.equal( await statusOf( api, order ), 'PAID' );
		}
	),
	write(
		'code-and-date-are-kept',
		'D',
		'transactionRef, transactionCode, method, type and paymentDate are found as they were sent',
		async ( api, order ) => {
			const sent = {
				transactionRef: unique().slice( 0, 64 ),
				transactionCode: unique().slice( 0, 64 ),
				paymentDate: '2026-04-16T23:30:00-05:00',
			};
			bodyOf( await pay( api, order, sent ) );
			const [ row ] = await payments(
				api,
				order,
				'transactionRef,transactionCode,paymentMethodCode,paymentType,paymentDate'
			);
			assert.deepEqual( row?.slice( 0, 4 ), [
				sent.transactionRef,
				sent.transactionCode,
				'CONFORMANCE',
				'RECEIPT',
			] );
			assert.equal(
				Date.parse( String( row[ 4 ] ) ),
				Date.parse( sent.paymentDate )
			);
			const byCode = rowsOf(
				await api.get( SEARCH, {
					query: {
						transactionCode: sent.transactionCode,
						columns: 'orderId',
					},
				} )
			);
			assert.deepEqual( byCode, [ [ order ] ] );
		}
	),
	write(
		'captures-add-up-to-their-authorization',
		'D',
		'CAPTUREs with the transactionCode of their AUTH take it in parts: it is captured in full when they add up to it',
		async ( api, order ) => {
			const transactionCode = unique().slice( 0, 64 );
			const send = ( more: Readonly< Record< string, unknown > > ) =>
				pay( api, order, {
					transactionCode,
					amountPaid: undefined,
					...more,
				} ).then( ( reply ) => bodyOf( reply ) );
			await send( {
				paymentType: 'AUTH',
				amountAuthorized: '12.00',
				authorizationExpiry: '2030-01-01T00:00:00+00:00',
			} );
			assert.equal( await statusOf( api, order ), 'UNPAID' );
			await send( { paymentType: 'CAPTURE', amountPaid: '5.00' } );
			assert.equal( await statusOf( api, order ), 'PARTIALLY_PAID' );
			await send( { paymentType: 'CAPTURE', amountPaid: '7.00' } );
			assert.equal( await statusOf( api, order ), 'PAID' );
			assert.deepEqual(
				await payments(
					api,
					order,
					'transactionCode,paymentType,amountAuthorized,amountPaid'
				),
				[
					[ transactionCode, 'AUTH', '12.00', '0.00' ],
					[ transactionCode, 'CAPTURE', '0.00', '5.00' ],
					[ transactionCode, 'CAPTURE', '0.00', '7.00' ],
				]
			);
		}
	),
	write(
		'long-journal-reference-is-cut',
		'D',
		'A journalRef of more than 255 characters is cut, not refused',
		async ( api, order ) => {
			// Where the API would show it is not documented.
			const kept = async ( journalRef: string ): Promise< unknown > => {
				bodyOf( await pay( api, order, { journalRef } ) );
				const state = await api.sandbox(
					'GET',
					`/state?account=${ api.account }`
				);
				const shown = list( at( state, 'orders' ) ).find(
					( entry ) => at( entry, 'id' ) === order
				);
				return at(
					list( at( shown, 'payments' ) ).at( -1 ),
					'journalRef'
				);
			};
			assert.equal( await kept( 'Web order 5512' ), 'Web order 5512' );
			assert.equal( await kept( 'r'.repeat( 300 ) ), 'r'.repeat( 255 ) );
		},
		[ 'sandbox' ]
	),
	write(
		'unknown-journal-is-refused',
		'D',
		'A journalId must be a valid one: an unknown one is refused, and no payment is made',
		async ( api, order ) => {
			const reply = await pay( api, order, { journalId: 999_999_999 } );
			assert( reply.status >= 400, `status ${ reply.status }` );
			assert.deepEqual( await payments( api, order, 'paymentId' ), [] );
		}
	),
	write(
		'only-an-authorization-expires',
		'V',
		"A receipt's `expires` is null in the search",
		async ( api, order ) => {
			bodyOf( await pay( api, order ) );
			assert.deepEqual( await payments( api, order, 'expires' ), [
				[ null ],
			] );
		}
	),
	write(
		'payment-is-money-out',
		'D',
		'A PAYMENT lowers what is paid',
		async ( api, order ) => {
			bodyOf( await pay( api, order ) );
			bodyOf( await pay( api, order, { paymentType: 'PAYMENT' } ) );
			assert.notEqual( await statusOf( api, order ), 'PAID' );
		}
	),
	write(
		'authorization-is-no-money',
		'D',
		'An AUTH takes amountAuthorized and an expiry; it pays nothing',
		async ( api, order ) => {
			bodyOf(
				await pay( api, order, {
					paymentType: 'AUTH',
					amountAuthorized: '12.00',
					authorizationExpiry: '2030-01-01T00:00:00+00:00',
					transactionCode: 'conformance',
				} )
			);
			assert.equal( await statusOf( api, order ), 'UNPAID' );
			const [ row ] = await payments(
				api,
				order,
				'amountAuthorized,amountPaid,expires'
			);
			assert.deepEqual( row?.slice( 0, 2 ), [ '12.00', '0.00' ] );
			assert.equal( typeof row?.[ 2 ], 'string' );
		}
	),
	write(
		'authorization-needs-amount-and-expiry',
		'D',
		'An AUTH without amount or expiry is refused',
		async ( api, order ) => {
			for ( const more of [
				{ authorizationExpiry: '2030-01-01' },
				{ amountAuthorized: '12.00' },
			] ) {
				const reply = await pay( api, order, {
					paymentType: 'AUTH',
					...more,
				} );
				assert( reply.status >= 400, `status ${ reply.status }` );
			}
		}
	),
	write(
		'void-lowers-the-authorization',
		'V',
		'A VOID counts against the AUTHs in amountAuthorized',
		async ( api, order ) => {
			for ( const paymentType of [ 'AUTH', 'VOID' ] ) {
				bodyOf(
					await pay( api, order, {
						paymentType,
						amountAuthorized: '12.00',
						authorizationExpiry: '2030-01-01',
						transactionCode: 'conformance',
					} )
				);
			}
			const total = ( await payments( api, order, 'amountAuthorized' ) )
				.map( ( [ cell ] ) => Number( cell ) )
				.reduce( ( sum, amount ) => sum + amount, 0 );
			assert.equal( total, 0 );
		}
	),
	write(
		'date-without-offset',
		'D',
		'paymentDate may come without an offset',
		async ( api, order ) => {
			bodyOf(
				await pay( api, order, { paymentDate: '2016-06-19T12:00:00' } )
			);
		}
	),
	write(
		'bare-payment-date',
		'C',
		'paymentDate may be a bare date',
		async ( api, order ) => {
			bodyOf( await pay( api, order, { paymentDate: '2026-06-01' } ) );
		}
	),
	write(
		'exchange-rate-of-6-decimals',
		'D',
		'exchangeRate is more than 0 with at most 6 decimals',
		async ( api, order ) => {
			bodyOf( await pay( api, order, { exchangeRate: '1.000000' } ) );
			const zero = await pay( api, order, { exchangeRate: '0' } );
			assert( zero.status >= 400 );
		}
	),
	write(
		'lengths',
		'D',
		'transactionRef and transactionCode hold 64 characters, the method code 36',
		async ( api, order ) => {
			bodyOf(
				await pay( api, order, {
					transactionRef: unique().padEnd( 64, 'x' ),
					transactionCode: 'x'.repeat( 64 ),
					paymentMethodCode: 'M'.repeat( 36 ),
				} )
			);
			for ( const more of [
				{ transactionRef: unique().padEnd( 65, 'x' ) },
				{ transactionCode: 'x'.repeat( 65 ) },
				{ paymentMethodCode: 'M'.repeat( 37 ) },
			] ) {
				assert( ( await pay( api, order, more ) ).status >= 400 );
			}
		}
	),
	write(
		'order-currency',
		'D',
		'On a multi-currency account a payment is in the currency of its order',
		async ( api ) => {
			const order = await makeSale( api, { currency: { code: 'EUR' } } );
			const wrong = await pay( api, order, { currencyIsoCode: 'GBP' } );
			assert( wrong.status >= 400 );
			bodyOf( await pay( api, order, { currencyIsoCode: 'EUR' } ) );
		},
		[ 'sandbox' ]
	),
	write(
		'several-orders-in-one-search',
		'C',
		'orderId of the search takes an id set',
		async ( api, order ) => {
			const other = await makeSale( api );
			await pay( api, order );
			await pay( api, other );
			const rows = rowsOf(
				await api.get( SEARCH, {
					query: {
						orderId: `${ order },${ other }`,
						columns: 'orderId',
					},
				} )
			);
			assert.deepEqual( rows, [ [ order ], [ other ] ] );
		}
	),
	write(
		'deleted-payment-and-its-journal',
		'I',
		'A deleted payment may take its journal back or leave it',
		async ( api, order ) => {
			for ( const [ deletedPayment, status ] of [
				[ 'keep-journal', 200 ],
				[ 'reverse-journal', 404 ],
			] as const ) {
				await api.sandbox( 'POST', '/switches', { deletedPayment } );
				const id = Number(
					responseOf(
						await pay( api, order, { paymentMethodCode: 'CARD' } )
					)
				);
				const [ row ] = await payments( api, order, 'journalId' );
				bodyOf( await api.delete( `${ PAYMENT }/${ id }` ) );
				const journal = await api.get(
					`/accounting-service/journal/${ String( row?.[ 0 ] ) }`
				);
				assert.equal( journal.status, status );
			}
		},
		[ 'sandbox' ]
	),
	{
		id: 'payment/search-columns',
		fact: 'customer-payment-search has the recorded columns',
		source: 'platform §7.1',
		mark: 'V',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				SEARCH,
				'paymentId transactionRef transactionCode paymentMethodCode paymentType orderId currencyId currencyCode amountAuthorized amountPaid expires paymentDate createdOn journalId'
			),
	},
	{
		id: 'payment/search-sorting',
		fact: 'Sortable are paymentId (by default, ascending), paymentDate, createdOn and journalId',
		source: 'platform §7.1',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( SEARCH, { query: { pageSize: '1' } } );
			const { columns, sorting } = responseOf( reply ).metaData ?? {
				columns: undefined,
				sorting: undefined,
			};
			assert.deepEqual(
				[ ...( columns ?? [] ) ]
					.filter(
						( column ) => column.sortable as unknown as boolean
					)
					.map( ( { name } ) => String( name ) ),
				[ 'paymentId', 'paymentDate', 'createdOn', 'journalId' ]
			);
			assert.equal( sorting?.[ 0 ]?.filterable?.name, 'paymentId' );
			assert.equal( sorting[ 0 ].direction, 'ASC' );
		},
	},
];
