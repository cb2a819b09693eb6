/**
 * Envelopes, headers and refusals that every service shares (platform reference, §1.2, §1.8, §4).
 */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { baseCurrencyOf, makeSale } from '../order-kit.ts';
import { bodyOf, errorOf, responseOf, rowsOf } from '../reading.ts';

const CONFIGURATION = '/integration-service/account-configuration';
const TAX_CODES = '/accounting-service/tax-code';

export const envelopeCases: readonly ConformanceCase[] = [
	{
		id: 'envelope/response-or-errors',
		fact: 'A success has `response` and no `errors`, a failure the other way round',
		source: 'platform §4.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const good = bodyOf( await api.get( CONFIGURATION ) );
			assert( good.response !== undefined && good.errors === undefined );
			const bad = bodyOf(
				await api.get( '/order-service/nothing' ),
				404
			);
			assert( bad.response === undefined && bad.errors !== undefined );
		},
	},
	{
		id: 'envelope/unknown-uri-is-404-cmnc-404',
		fact: 'An unknown address is 404 CMNC-404 `Cannot find the resource …`',
		source: 'platform §4.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( '/order-service/nothing-of-the-kind' );
			assert.equal( reply.status, 404 );
			const { code, message } = errorOf( reply );
			assert.equal( code, 'CMNC-404' );
			assert.match( String( message ), /^Cannot find the resource \// );
		},
	},
	{
		id: 'envelope/trailing-slash',
		fact: 'A trailing slash is the same route',
		source: 'platform §1.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const plain = responseOf( await api.get( TAX_CODES ) );
			const slashed = responseOf( await api.get( `${ TAX_CODES }/` ) );
			assert.deepEqual( slashed, plain );
		},
	},
	{
		id: 'envelope/content-type',
		fact: 'Answers are `application/json;charset=UTF-8`',
		source: 'platform §1.8',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const { headers } = await api.get( CONFIGURATION );
			assert.equal(
				headers[ 'content-type' ]?.replace( ' ', '' ).toLowerCase(),
				'application/json;charset=utf-8'
			);
		},
	},
	{
		id: 'envelope/recorded-headers',
		fact: 'Every answer carries Ruid, Message-Type, Strict-Transport-Security and the headers against caching',
		source: 'platform §3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const { headers } = await api.get( TAX_CODES );
			assert.match( headers.ruid ?? '', /^[0-9a-f-]{36}$/i );
			assert( headers[ 'message-type' ] );
			assert.equal(
				headers[ 'cache-control' ],
				'no-cache, must-revalidate'
			);
			assert.equal( headers.pragma, 'no-cache' );
			assert.match(
				headers[ 'strict-transport-security' ] ?? '',
				/max-age=\d+/i
			);
			assert.equal( headers.expires, 'Mon, 20 Dec 1998 01:00:00 GMT' );
		},
	},
	{
		id: 'envelope/gson-escapes',
		fact: '`=` inside a text arrives as \\u003d',
		source: 'platform §1.8',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const { text } = await api.get( '/order-service/order-search', {
				query: { orderStatusId: 'BAD PARAM' },
			} );
			assert( text.includes( 'orderStatusId\\u003dBAD' ), text );
			assert( ! text.includes( 'orderStatusId=' ), text );
		},
	},
	{
		id: 'envelope/unset-is-omitted',
		fact: 'An unset value is left out of a resource',
		source: 'platform §1.8',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const codes = [ ...responseOf( await api.get( TAX_CODES ) ) ];
			assert(
				codes.every( ( code ) =>
					Object.values( code ).every( ( value ) => value !== null )
				)
			);
		},
	},
	{
		id: 'envelope/unset-is-null-in-search-rows',
		fact: 'An unset value is null in a search row',
		source: 'platform §1.8',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			// Only an authorization expires.
			const rows = rowsOf(
				await api.get( '/accounting-service/customer-payment-search', {
					query: {
						paymentType: 'RECEIPT',
						columns: 'paymentType,expires',
						pageSize: '5',
					},
				} )
			);
			if ( rows.length === 0 ) {
				api.skip( 'the account has no receipt' );
			}
			for ( const row of rows ) {
				assert.equal( row.length, 2 );
				assert.equal( row[ 1 ], null );
			}
		},
	},
	{
		id: 'envelope/money-is-text',
		fact: "Money and rates are texts in an order's GET: totals with 2 decimals",
		source: 'platform §1.8',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const [ order ] = [
				...responseOf(
					await api.get( `/order-service/order/${ id }` )
				),
			];
			assert.match( String( order?.totalValue?.total ), /^-?\d+\.\d\d$/ );
			assert.equal( typeof order?.totalValue?.total, 'string' );
			assert.equal( typeof order?.currency?.exchangeRate, 'string' );
			assert.match(
				String( order?.currency?.exchangeRate ),
				/^\d+\.\d{6}$/
			);
		},
	},
	{
		id: 'envelope/numbers-are-accepted-for-money',
		fact: 'A POST takes numbers where texts are answered',
		source: 'platform §1.8',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const order = await makeSale( api );
			const reply = await api.post(
				'/accounting-service/customer-payment',
				{
					paymentMethodCode: 'CONFORMANCE',
					paymentType: 'RECEIPT',
					orderId: order,
					currencyIsoCode: await baseCurrencyOf( api ),
					amountPaid: 1.5,
					paymentDate: '2026-04-17T10:00:00+00:00',
				}
			);
			assert.equal( typeof bodyOf( reply ).response, 'number' );
		},
	},
	{
		id: 'envelope/create-is-200-with-the-id',
		fact: 'A create answers 200 (never 201) with the new id as an integer',
		source: 'platform §4.2',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			assert( Number.isInteger( await makeSale( api ) ) );
		},
	},
	{
		id: 'envelope/silent-put-and-delete',
		fact: 'PUT and DELETE answer 200 {}',
		source: 'platform §4.1',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const order = await makeSale( api );
			const [ shown ] = [
				...responseOf(
					await api.get( `/order-service/order/${ order }` )
				),
			];
			const put = await api.put(
				`/order-service/order/${ order }/status`,
				{
					orderStatusId: Number( shown?.orderStatus?.orderStatusId ),
				}
			);
			assert.deepEqual( bodyOf( put ), {} );
			const row = Object.keys( shown?.orderRows ?? {} )[ 0 ] ?? '';
			const gone = await api.delete(
				`/order-service/order/${ order }/row/${ row }`
			);
			assert.deepEqual( bodyOf( gone ), {} );
		},
	},
	{
		id: 'envelope/patch-returns-the-resource',
		fact: 'A PATCH takes a bare JSON-Patch list and answers the whole changed resource',
		source: 'platform §4.1',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const order = await makeSale( api );
			const changed = responseOf(
				await api.patch( `/order-service/order/${ order }`, [
					{ op: 'replace', path: '/reference', value: '#patched' },
				] )
			);
			assert.equal( changed.id, order );
			assert.equal( changed.reference, '#patched' );
			assert( changed.orderRows !== undefined );
		},
	},
	{
		id: 'envelope/wrong-patch-operation-is-500-cmnc-044',
		fact: 'An operation a path does not take is 500 CMNC-044, a permanent refusal',
		source: 'platform §4.3',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const order = await makeSale( api );
			const reply = await api.patch( `/order-service/order/${ order }`, [
				{ op: 'add', path: '/reference', value: 'X' },
			] );
			assert.equal( reply.status, 500 );
			assert.deepEqual( errorOf( reply ), {
				code: 'CMNC-044',
				message:
					'Invalid patch operation (add) for given path (/reference)',
			} );
		},
	},
	{
		id: 'envelope/no-body-is-cmnc-010',
		fact: 'A POST without a body is refused with CMNC-010',
		source: 'platform §4.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const reply = await api.post(
				'/accounting-service/customer-payment',
				undefined
			);
			assert( reply.status >= 400 );
			assert.deepEqual( errorOf( reply ), {
				code: 'CMNC-010',
				message:
					'You must supply a JSON formatted body with your request',
			} );
		},
	},
	...(
		[
			[
				'contact',
				'/contact-service/contact/999999999',
				'No Contact Found',
			],
			[
				'product-price',
				'/product-service/product-price/999999999',
				'No Product Prices Found',
			],
			[
				'webhook',
				'/integration-service/webhook/999999999',
				'No webhooks available in ID Set 999999999',
			],
		] as const
	 ).map( ( [ name, path, text ] ): ConformanceCase => ( {
		id: `envelope/none-of-${ name }-is-404`,
		fact: `An id of no ${ name } is 404 CMNC-404 \`${ text }\``,
		source: 'platform §5.4',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( path );
			assert.equal( reply.status, 404 );
			assert.deepEqual( errorOf( reply ), {
				code: 'CMNC-404',
				message: text,
			} );
		},
	} ) ),
	{
		id: 'envelope/unexpected-error-is-500-cmnu-003',
		fact: 'A failure of theirs is 500 CMNU-003 `Internal Server Error`',
		source: 'platform §4.3',
		mark: 'C',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await api.sandbox( 'POST', '/faults', [ { kind: 'error' } ] );
			const reply = await api.get( TAX_CODES );
			assert.equal( reply.status, 500 );
			assert.deepEqual( errorOf( reply ), {
				code: 'CMNU-003',
				message: 'Internal Server Error',
			} );
		},
	},
];
