/**
 * Replacing a sales order, and the legacy create (resources reference, §1.3, §1.5).
 */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { invoiced } from '../invoice-kit.ts';
import {
	at,
	codes,
	customerOf,
	made,
	makeSale,
	readOrder,
	readSale,
	refused,
	silent,
	taxCodeOf,
	textRow,
	unique,
} from '../order-kit.ts';

const salePath = ( id: number ): string => `/order-service/sales-order/${ id }`;

export const replaceCases: readonly ConformanceCase[] = [
	{
		id: 'sales-order-put/replaces',
		fact: 'PUT replaces: what is left out is cleared, what is read-only is ignored',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api, {
				externalRef: unique(),
				delivery: { date: '2026-08-01T00:00:00+00:00' },
			} );
			const shown = await readSale( api, id );
			const body = {
				...( shown as object ),
				ref: '#replaced',
				externalRef: undefined,
				delivery: undefined,
			};
			silent( await api.put( salePath( id ), body ) );
			const sale = await readSale( api, id );
			assert.equal( at( sale, 'ref' ), '#replaced' );
			assert.equal( at( sale, 'externalRef' ), undefined );
			assert.equal( at( sale, 'delivery', 'date' ), undefined );
			assert.equal(
				at( sale, 'rows', 0, 'id' ),
				at( shown, 'rows', 0, 'id' )
			);
		},
	},
	{
		id: 'sales-order-put/if-match',
		fact: '`If-Match` with an older version is 412; absent or invalid, nothing is checked',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const body = await readSale( api, id );
			const put = ( headers: Readonly< Record< string, string > > ) =>
				api.put( salePath( id ), body, { headers } );
			const version = Number(
				at( await readOrder( api, id ), 'version' )
			);
			assert.equal(
				( await put( { 'if-match': String( version + 1 ) } ) ).status,
				412
			);
			silent( await put( { 'if-match': String( version ) } ) );
			assert.equal(
				( await put( { 'if-match': String( version ) } ) ).status,
				412
			);
			silent( await put( { 'if-match': 'none' } ) );
			silent( await put( {} ) );
		},
	},
	{
		id: 'sales-order-put/rows-of-an-invoiced-order',
		fact: 'Of an invoiced order the rows must stay, in number and ids',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			await invoiced( api, id );
			const { code } = await taxCodeOf( api );
			const shown = ( await readSale( api, id ) ) as object;
			refused( await api.put( salePath( id ), { ...shown, rows: [] } ) );
			refused(
				await api.put( salePath( id ), {
					...shown,
					rows: [ textRow( code ) ],
				} )
			);
			silent(
				await api.put( salePath( id ), { ...shown, ref: '#later' } )
			);
		},
	},
	...(
		[
			[
				'no-type',
				{},
				'ORDC-005',
				'You have not supplied an order type code',
			],
			[
				'bad-type',
				{ orderTypeCode: 'XX' },
				'ORDC-006',
				'You have supplied an invalid order type code',
			],
			[
				'no-supplier',
				{ orderTypeCode: 'PO', parties: {} },
				'ORDC-022',
				'Suppllier ID Required.',
			],
		] as const
	 ).map( ( [ name, body, code, message ] ): ConformanceCase => ( {
		id: `order-post/${ name }`,
		fact: `\`POST order\` refuses with ${ code }`,
		source: 'resources §1.5',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const reply = await api.post( '/order-service/order', body );
			refused( reply );
			assert.deepEqual( codes( reply ), [ code ] );
			assert.equal( at( reply.json, 'errors', 0, 'message' ), message );
		},
	} ) ),
	{
		id: 'order-post/header-only',
		fact: '`POST order` makes a header without rows, of the type it names',
		source: 'resources §1.5',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const ref = unique();
			const id = made(
				await api.post( '/order-service/order', {
					orderTypeCode: 'SO',
					reference: ref,
					placedOn: '2026-02-03T10:00:00+00:00',
					parties: {
						customer: { contactId: await customerOf( api ) },
					},
				} )
			);
			const order = await readOrder( api, id );
			assert.equal( at( order, 'orderTypeCode' ), 'SO' );
			assert.equal( at( order, 'reference' ), ref );
			assert.deepEqual( at( order, 'orderRows' ), {} );
		},
	},
];
