/**
 * Availability, reservations and warehouses (resources reference, §4).
 */
import { z } from 'zod';
import { fail, ok, type Failure, type Result } from '../contracts/result.ts';
import type {
	Availability,
	Reservation,
	Warehouse,
	WarehouseStock,
} from './api.ts';
import { decode, read } from './decode.ts';
import { count, id } from './fields.ts';
import { formatIdSet } from './id-set.ts';
import { packIds } from './packing.ts';
import type { Ask, Call } from './call.ts';

export const WAREHOUSES: Call = {
	method: 'GET',
	path: '/warehouse-service/warehouse',
};
export const warehousesSchema: z.ZodType< Warehouse[] > = z.array(
	z.object( { id, name: z.string() } )
);

const stockSchema = z
	.object( { inStock: count, onHand: count, allocated: count.optional() } )
	.transform( ( stock ): WarehouseStock => ( {
		...stock,
		allocated: stock.allocated ?? stock.inStock - stock.onHand,
	} ) );

const availabilitySchema = z.record(
	z.string().regex( /^\d+$/ ),
	z.object( {
		warehouses: z
			.record( z.string().regex( /^\d+$/ ), stockSchema )
			.default( {} ),
	} )
);

/**
 * Requests a set with ids Brightpearl refuses may cost beyond its own: enough for several bad
 * ids among 200, far from one request for each id.
 */
const MOST_SPLITS = 60;

interface Answers {
	readonly byProduct: Map< number, Availability >;
	askedAt: number | null;
}

/** Asks for one set; on a 400, which a single bad id brings about, for its halves (§4.1). */
async function askSet(
	ask: Ask,
	ids: readonly number[],
	answers: Answers,
	splits: { left: number }
): Promise< Failure | null > {
	const call: Call = {
		method: 'GET',
		path: `/warehouse-service/product-availability/${ formatIdSet( ids ) }`,
		none: 'record',
	};
	const sent = await ask( call );
	answers.askedAt ??= sent.sentAt;
	if ( sent.kind === 'none' ) {
		return null;
	}
	if ( sent.kind === 'answer' ) {
		const found = decode(
			availabilitySchema,
			sent.body[ 'response' ],
			call,
			sent.ruid
		);
		if ( ! found.ok ) {
			return found.failure;
		}
		for ( const [ product, { warehouses } ] of Object.entries(
			found.value
		) ) {
			answers.byProduct.set( Number( product ), {
				warehouses: new Map(
					Object.entries( warehouses ).map( ( [ key, stock ] ) => [
						Number( key ),
						stock,
					] )
				),
			} );
		}
		return null;
	}
	if ( sent.status !== 400 ) {
		return sent.failure;
	}
	if ( ids.length === 1 ) {
		// This is the bad one: Brightpearl has no availability for it.
		return null;
	}
	if ( splits.left < 2 ) {
		return sent.failure;
	}
	splits.left -= 2;
	const middle = Math.ceil( ids.length / 2 );
	return (
		( await askSet( ask, ids.slice( 0, middle ), answers, splits ) ) ??
		( await askSet( ask, ids.slice( middle ), answers, splits ) )
	);
}

export async function readAvailability(
	ask: Ask,
	prefix: string,
	now: () => number,
	productIds: readonly number[]
): Promise<
	Result< {
		readonly askedAt: string;
		readonly byProduct: ReadonlyMap< number, Availability >;
	} >
> {
	const answers: Answers = { byProduct: new Map(), askedAt: null };
	const overhead = `${ prefix }/warehouse-service/product-availability/`
		.length;
	for ( const set of packIds( productIds, overhead ) ) {
		const failure = await askSet( ask, set, answers, {
			left: MOST_SPLITS,
		} );
		if ( failure ) {
			return fail( failure );
		}
	}
	return ok( {
		askedAt: new Date( answers.askedAt ?? now() ).toISOString(),
		byProduct: answers.byProduct,
	} );
}

const reservationSchema = z.object( {
	warehouseId: id,
	orderRows: z.record(
		z.string().regex( /^\d+$/ ),
		z.object( { productId: id, quantity: count } )
	),
} );

/** A list of one note (§4.4: one reservation per sales order); none is a 404 or an empty list. */
const reservationsSchema = z
	.union( [
		z.array( reservationSchema ),
		reservationSchema.transform( ( one ) => [ one ] ),
	] )
	.transform( ( [ first ] ): Reservation | null =>
		first ? { warehouseId: first.warehouseId, rows: first.orderRows } : null
	);

export function readReservation(
	ask: Ask,
	orderId: number
): Promise< Result< Reservation | null > > {
	return read< Reservation | null >(
		ask,
		{
			method: 'GET',
			path: `/warehouse-service/order/${ orderId }/reservation`,
			none: 'any',
		},
		reservationsSchema,
		null
	);
}

export async function createReservation(
	ask: Ask,
	orderId: number,
	warehouseId: number,
	products: readonly {
		readonly productId: number;
		readonly salesOrderRowId: number;
		readonly quantity: number;
	}[]
): Promise< Result< void > > {
	const sent = await ask( {
		method: 'POST',
		path: `/warehouse-service/order/${ orderId }/reservation/warehouse/${ warehouseId }`,
		body: { products },
	} );
	return sent.kind === 'failed' ? fail( sent.failure ) : ok( undefined );
}
