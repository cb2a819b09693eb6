/**
 * Orders by id, through `order`, whose shapes are recorded and which knows every type (resources
 * reference, §1.4). Sales credits are orders of type SC with ids from the same space (§1.1).
 */
import { ok, type Result } from '../../contracts/result.ts';
import type { SalesOrder } from '../api.ts';
import type { Call } from '../transport/call.ts';
import { decodeList } from '../answers/decode-list.ts';
import { formatIdSet } from '../search/id-set.ts';
import type { Link } from './link.ts';
import {
	orderSchema,
	rowRefsSchema,
	toSalesOrder,
	type OrderResource,
	type RowRefs,
} from './order-resource.ts';
import { listOf, readList } from '../search/read-sets.ts';
import type { OrderFound, Reading } from './reading.ts';

export type OrderTypeCode = 'SO' | 'SC';

/** The atomic resource of each type: there rows' references are documented (§1.3, §1.12). */
const ATOMIC = { SO: 'sales-order', SC: 'sales-credit' } as const;

/**
 * The references of rows, where the order's own rows tell none: no recording of `order` has
 * them, the documentation of `sales-order` does.
 */
async function rowRefs(
	link: Pick< Link, 'ask' | 'prefix' >,
	type: OrderTypeCode,
	orders: readonly OrderResource[]
): Promise< Result< RowRefs > > {
	const silent = orders.filter( ( order ) => {
		const rows = Object.values( order.orderRows ?? {} );
		return (
			order.externalRef !== null &&
			rows.length > 0 &&
			rows.every( ( row ) => row.externalRef === null )
		);
	} );
	if ( silent.length === 0 ) {
		return ok( new Map() );
	}
	const told = await readList( link, {
		ids: silent.map( ( order ) => order.id ),
		call: ( set ) => ( {
			path: `/order-service/${ ATOMIC[ type ] }/${ set }`,
		} ),
		take: listOf( rowRefsSchema ),
	} );
	if ( ! told.ok && told.failure.kind === 'retry' ) {
		return told;
	}
	// References help to match rows; without them the order itself still stands.
	const rows = told.ok ? told.value.flatMap( ( one ) => one.rows ?? [] ) : [];
	return ok(
		new Map(
			rows.flatMap( ( row ) =>
				row.externalRef === null
					? []
					: [ [ row.id, row.externalRef ] as const ]
			)
		)
	);
}

const TYPES = Object.keys( ATOMIC ) as OrderTypeCode[];

async function withRefs(
	link: Pick< Link, 'ask' | 'prefix' >,
	orders: readonly OrderResource[],
	types: readonly OrderTypeCode[]
): Promise< Result< readonly OrderFound[] > > {
	const all: OrderFound[] = [];
	for ( const type of types ) {
		const some = orders.filter( ( order ) => order.orderTypeCode === type );
		const refs = await rowRefs( link, type, some );
		if ( ! refs.ok ) {
			return refs;
		}
		all.push( ...some.map( ( order ) => ( { order, refs: refs.value } ) ) );
	}
	return ok( all );
}

const ordersPath = ( set: string ) => `/order-service/order/${ set }`;

/** One request for several who ask, of whatever type their orders are. */
export function orderReads( prefix: string ): Reading< OrderFound > {
	const call = ( ids: readonly number[] ): Call => ( {
		method: 'GET',
		path: ordersPath( formatIdSet( ids ) ),
		none: 'record',
	} );
	return {
		call,
		overhead: ( prefix + ordersPath( '' ) ).length,
		async read( sent, ids, ask ) {
			const orders =
				sent.kind === 'none'
					? ok( [] )
					: await decodeList(
							orderSchema,
							sent.body[ 'response' ],
							call( ids ),
							sent.ruid
						);
			if ( ! orders.ok ) {
				return orders;
			}
			const found = await withRefs(
				{ ask, prefix },
				orders.value,
				TYPES
			);
			return found.ok
				? ok(
						new Map(
							found.value.map( ( one ) => [ one.order.id, one ] )
						)
					)
				: found;
		},
	};
}

async function readAlone(
	link: Link,
	type: OrderTypeCode,
	ids: readonly number[]
): Promise< Result< readonly OrderFound[] > > {
	const found = await readList( link, {
		ids,
		call: ( set ) => ( { path: ordersPath( set ) } ),
		take: listOf( orderSchema ),
	} );
	return found.ok ? withRefs( link, found.value, [ type ] ) : found;
}

/** Ids of another type and missing ones are left out. */
export async function readOrders(
	link: Link,
	type: OrderTypeCode,
	ids: readonly number[]
): Promise< Result< readonly SalesOrder[] > > {
	if ( ids.length === 0 ) {
		return ok( [] );
	}
	const account = await link.configuration();
	if ( ! account.ok ) {
		return account;
	}
	const shared = await link.together.orders( ids );
	const found =
		shared === null
			? await readAlone( link, type, ids )
			: shared.ok
				? ok( [ ...shared.value.values() ] )
				: shared;
	return found.ok
		? ok(
				found.value
					.filter( ( { order } ) => order.orderTypeCode === type )
					.map( ( { order, refs } ) =>
						toSalesOrder(
							order,
							account.value.cancelledOrderStatusId,
							refs
						)
					)
			)
		: found;
}
