/**
 * A sales order changed as a whole: `PUT /order-service/sales-order/{id}` replaces it, and what the
 * body leaves out is cleared (resources reference, §1.3). So everything that was read goes back as
 * it is, unknown fields among it, but for the change.
 */
import { z } from 'zod';
import { hold, retry, type Result } from '../../contracts/result.ts';
import type {
	AddressBody,
	SalesOrderChange,
	SalesOrderRowBody,
} from '../../contracts/brightpearl-bodies.ts';
import { read } from '../answers/decode.ts';
import { flag, id } from '../answers/fields.ts';
import type { Ask, Call } from '../transport/call.ts';
import { done } from './writes.ts';

const party = z.looseObject( {} ).optional();
const rowSchema = z.looseObject( {
	id,
	bundleChild: flag.nullish(),
	parentRowId: z.int().nullish(),
} );
/** Only what the change is made to is looked at; the rest goes through untouched. */
const wholeSchema = z.looseObject( {
	version: z.int().nullish(),
	customer: party,
	billing: party,
	delivery: party,
	rows: z.array( rowSchema ).nullish(),
} );
type Whole = z.infer< typeof wholeSchema >;
type Row = z.infer< typeof rowSchema >;

export async function amendSalesOrder(
	ask: Ask,
	orderId: number,
	version: number | null,
	change: SalesOrderChange
): Promise< Result< void > > {
	const path = `/order-service/sales-order/${ orderId }`;
	const found = await read(
		ask,
		{ method: 'GET', path },
		z.array( wholeSchema ),
		[]
	);
	if ( ! found.ok ) {
		return found;
	}
	const [ whole ] = found.value;
	if ( whole === undefined ) {
		return hold( {
			code: 'order-gone',
			message: `Sales order ${ orderId } is no longer in Brightpearl.`,
			cause: 'It was deleted there, or the connection now points to another account.',
			fix: 'Check the account; if the order is to stay deleted, ignore it here (orders ignore).',
			field: null,
		} );
	}
	const now = whole.version ?? null;
	if ( version !== null && now !== null && version !== now ) {
		return changedMeanwhile( orderId );
	}
	const match = now ?? version;
	const call: Call = {
		method: 'PUT',
		path,
		body: amended( whole, change ),
		...( match === null
			? {}
			: { headers: { 'if-match': String( match ) } } ),
	};
	const sent = await ask( call );
	if ( sent.kind === 'failed' && sent.status === 412 ) {
		return changedMeanwhile( orderId );
	}
	return done( sent );
}

function changedMeanwhile( orderId: number ): Result< void > {
	return retry(
		'brightpearl',
		'busy',
		`Sales order ${ orderId } was changed while it was being looked at.`,
		{ after: 0 }
	);
}

function amended( whole: Whole, change: SalesOrderChange ): unknown {
	const { ref, billingAddress, deliveryAddress, shippingMethodId } = change;
	const delivery = {
		...addressed( whole.delivery, deliveryAddress ),
		...( shippingMethodId === undefined ? {} : { shippingMethodId } ),
	};
	return {
		...whole,
		...( ref === undefined ? {} : { ref } ),
		...( billingAddress === undefined
			? {}
			: {
					customer: addressed( whole.customer, billingAddress ),
					billing: addressed( whole.billing, billingAddress ),
				} ),
		...( deliveryAddress === undefined && shippingMethodId === undefined
			? {}
			: { delivery } ),
		...( change.rows === undefined
			? {}
			: { rows: rowsAfter( whole.rows ?? [], change.rows ) } ),
	};
}

/** The new address is whole: what it does not name, nobody has. */
function addressed(
	holder: Record< string, unknown > | undefined,
	address: AddressBody | undefined
): Record< string, unknown > {
	return address === undefined ? { ...holder } : { ...holder, address };
}

type RowChanges = NonNullable< SalesOrderChange[ 'rows' ] >;
type RowSent = Row | SalesOrderRowBody;

/** A bundle's parts go and come with its own row, so those of an edited one are not sent. */
function rowsAfter( rows: readonly Row[], changes: RowChanges ): RowSent[] {
	const edited = new Set( [
		...changes.remove,
		...changes.change.map( ( { rowId } ) => rowId ),
	] );
	const kept = rows.filter(
		( row ) =>
			! changes.remove.includes( row.id ) &&
			! ( row.bundleChild === true && edited.has( row.parentRowId ?? 0 ) )
	);
	return [
		...kept.map( ( row ) => {
			const change = changes.change.find(
				( { rowId } ) => rowId === row.id
			);
			if ( change === undefined ) {
				return row;
			}
			const { rowId, ...fields } = change;
			return { ...row, id: rowId, ...fields };
		} ),
		...changes.add,
	];
}
