/**
 * Stock corrected by hand (resources reference, §4.3): several products, one warehouse.
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big, fixed } from './decimal.ts';
import { decimal, readFields, wholeNumber } from './fields.ts';
import type { StockCorrection } from './model.ts';
import { LOCATION, recordMovement } from './movements.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { levelOf, moveStock } from './stock.ts';
import { isWarehouse } from './warehouse.ts';

const correctionSchema = z.strictObject( {
	corrections: z
		.array(
			z.strictObject( {
				quantity: wholeNumber,
				productId: wholeNumber,
				reason: z.string().min( 1 ),
				locationId: wholeNumber,
				cost: z
					.strictObject( { currency: z.string(), value: decimal } )
					.optional(),
				batchId: wholeNumber.optional(),
				orderId: wholeNumber.optional(),
			} )
		)
		.min( 1 ),
} );
type Correction = z.infer< typeof correctionSchema >[ 'corrections' ][ number ];

const noSuchWarehouse = ( call: Call ): Reply =>
	refuse(
		400,
		problem(
			INVENTED.unknownWarehouse,
			`There is no warehouse ${ call.params.id ?? '' }`
		)
	);

function faultsOfCorrection(
	account: Account,
	warehouseId: number,
	row: Correction,
	taken: Map< number, number >
): Problem[] {
	const faults: Problem[] = [];
	const product = account.tables.products.get( row.productId );
	if ( ! product?.stockTracked ) {
		faults.push(
			problem(
				INVENTED.notStock,
				`Product ${ row.productId } does not exist or is not stock-tracked`
			)
		);
	}
	if ( row.quantity === 0 || row.locationId !== LOCATION ) {
		faults.push(
			problem(
				INVENTED.badField,
				'A quantity other than 0 and location 2 are needed'
			)
		);
	}
	if ( row.quantity > 0 && row.cost === undefined ) {
		faults.push(
			problem( INVENTED.badField, 'A cost is needed when stock is added' )
		);
	}
	const left =
		levelOf( account, row.productId, warehouseId ).onHand +
		( taken.get( row.productId ) ?? 0 ) +
		row.quantity;
	taken.set(
		row.productId,
		( taken.get( row.productId ) ?? 0 ) + row.quantity
	);
	if ( row.quantity < 0 && left < 0 ) {
		faults.push(
			problem(
				INVENTED.notEnough,
				`Only what is on hand of product ${ row.productId } can be removed`
			)
		);
	}
	return faults;
}

function correctStock( call: Call ): Reply {
	const { account } = call;
	const warehouseId = idOf( call );
	if ( ! isWarehouse( account, warehouseId ) ) {
		return noSuchWarehouse( call );
	}
	const read = readFields(
		correctionSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const taken = new Map< number, number >();
	const faults = read.value.corrections.flatMap( ( row ) =>
		faultsOfCorrection( account, warehouseId, row, taken )
	);
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	return answer(
		read.value.corrections.map( ( row ) => {
			const correction: StockCorrection = {
				id: account.tables.corrections.nextId(),
				warehouseId,
				orderId: row.orderId ?? null,
				productId: row.productId,
				quantity: row.quantity,
				reason: row.reason,
				...( row.cost ? { cost: fixed( row.cost.value, 4 ) } : {} ),
				createdAt: call.now,
			};
			account.tables.corrections.put( correction );
			moveStock( account, row.productId, warehouseId, {
				inStock: row.quantity,
			} );
			recordMovement( account, {
				type: 'SC',
				productId: row.productId,
				warehouseId,
				quantity: row.quantity,
				noteId: correction.id,
				orderId: correction.orderId,
				value: fixed(
					new Big( correction.cost ?? 0 ).times( row.quantity ),
					4
				),
				cleared: true,
				updatedAt: call.now,
			} );
			const product = account.tables.products.get( row.productId );
			// Adding to an archived product revives it (§4.3).
			if ( row.quantity > 0 && product?.status === 'ARCHIVED' ) {
				account.tables.products.put( { ...product, status: 'LIVE' } );
			}
			return correction.id;
		} )
	);
}

function readCorrections( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const { account } = call;
	const found = ( ids.value ?? [] )
		.flatMap( ( id ) => account.tables.corrections.get( id ) ?? [] )
		.filter( ( row ) => row.warehouseId === idOf( call ) );
	return found.length === 0
		? refuse( 404, notFound( 'No stock corrections found' ) )
		: answer(
				found.map( ( row ) => ( {
					goodsNoteId: row.id,
					warehouseId: row.warehouseId,
					...( row.orderId === null ? {} : { orderId: row.orderId } ),
					reason: row.reason,
					goodsMoved: [
						{
							productId: row.productId,
							quantity: row.quantity,
							destinationLocationId: LOCATION,
							batchGoodsNoteId: row.id,
							productValue: {
								currency: account.profile.baseCurrency,
								value: row.cost ?? fixed( 0, 4 ),
							},
							createdOn: account.zone.format( row.createdAt ),
							createdBy: 0,
						},
					],
				} ) )
			);
}

export const correctionRoutes: readonly Route[] = [
	route(
		'POST',
		'/warehouse-service/warehouse/{id}/stock-correction',
		'post-stock-correction',
		correctStock
	),
	route(
		'GET',
		'/warehouse-service/warehouse/{id}/stock-correction/{ids}',
		'get-stock-correction',
		readCorrections
	),
];
