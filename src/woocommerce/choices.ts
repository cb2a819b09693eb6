/**
 * What of the shop the settings speak of: order statuses, payment gateways, shipping methods by
 * zone, tax rates (recorded in `settings/`). A list that the key may not read, or a plugin breaks,
 * is left empty and told; the others are still of use.
 */
import { z } from 'zod';
import { decimalSchema } from '../contracts/primitives.ts';
import {
	fail,
	hold,
	ok,
	type Failure,
	type Result,
} from '../contracts/result.ts';
import type { StoreChoices } from '../contracts/store.ts';
import { decimal, plain } from '../domain/money.ts';
import { PER_PAGE, readPage } from './paging.ts';
import { plainText } from './plain-text.ts';
import { unreadable } from './problems.ts';
import type { Query, Transport } from './transport.ts';

/** Names come with entities in them: `Click &amp; Collect`. */
const name = z
	.string()
	.nullish()
	.transform( ( text ) => plainText( text ?? '' ) );

const statusSchema = z.object( { slug: z.string().min( 1 ), name } );
const gatewaySchema = z.object( {
	id: z.string().min( 1 ),
	title: name,
	method_title: name,
	enabled: z.boolean().catch( false ),
} );
const zoneSchema = z.object( { id: z.int().min( 0 ), name } );
const methodSchema = z.object( {
	instance_id: z.int().min( 0 ),
	method_id: z.string().min( 1 ),
	title: name,
	method_title: name,
	enabled: z.boolean().catch( true ),
} );
const taxSchema = z.object( {
	country: z.string().catch( '' ),
	state: z.string().catch( '' ),
	rate: z.union( [ z.number().transform( String ), decimalSchema ] ),
	name,
	class: z.string().catch( '' ),
} );

/** A cart that is still being filled; it never becomes an order of this status. */
const DRAFT = 'checkout-draft';

export async function readChoices(
	transport: Transport
): Promise< Result< StoreChoices > > {
	const unread: Failure[] = [];
	let asked = 0;
	/** A refusal leaves the list empty; where the shop does not answer, nothing more is asked. */
	async function listOf< T >(
		read: Promise< Result< readonly T[] > >
	): Promise< Result< readonly T[] > > {
		asked += 1;
		const result = await read;
		if ( result.ok || result.failure.kind === 'retry' ) {
			return result;
		}
		unread.push( result.failure );
		return ok( [] );
	}

	const statuses = await listOf( readStatuses( transport ) );
	if ( ! statuses.ok ) {
		return statuses;
	}
	const paymentMethods = await listOf( readGateways( transport ) );
	if ( ! paymentMethods.ok ) {
		return paymentMethods;
	}
	const shippingMethods = await listOf( readShipping( transport ) );
	if ( ! shippingMethods.ok ) {
		return shippingMethods;
	}
	const taxRates = await listOf( readTaxRates( transport ) );
	if ( ! taxRates.ok ) {
		return taxRates;
	}
	const [ first ] = unread;
	return first !== undefined && unread.length === asked
		? fail( first )
		: ok( {
				statuses: statuses.value,
				paymentMethods: paymentMethods.value,
				shippingMethods: shippingMethods.value,
				taxRates: taxRates.value,
				unread: unread.map( messageOf ),
			} );
}

function messageOf( failure: Failure ): string {
	return failure.kind === 'hold' ? failure.problem.message : failure.message;
}

/** The list is the only one of WooCommerce's that names custom statuses, too. */
async function readStatuses(
	transport: Transport
): Promise< Result< StoreChoices[ 'statuses' ] > > {
	const read = await readList(
		transport,
		'reports/orders/totals',
		statusSchema
	);
	return read.ok
		? ok( read.value.filter( ( { slug } ) => slug !== DRAFT ) )
		: read;
}

async function readGateways(
	transport: Transport
): Promise< Result< StoreChoices[ 'paymentMethods' ] > > {
	const read = await readList( transport, 'payment_gateways', gatewaySchema );
	return read.ok
		? ok(
				read.value
					.filter( ( { enabled } ) => enabled )
					.map( ( { id, title, method_title } ) => ( {
						id,
						title: title || method_title || id,
					} ) )
			)
		: read;
}

async function readShipping(
	transport: Transport
): Promise< Result< StoreChoices[ 'shippingMethods' ] > > {
	const zones = await readList( transport, 'shipping/zones', zoneSchema );
	if ( ! zones.ok ) {
		return zones;
	}
	const all: StoreChoices[ 'shippingMethods' ][ number ][] = [];
	for ( const zone of zones.value ) {
		const methods = await readList(
			transport,
			`shipping/zones/${ zone.id }/methods`,
			methodSchema
		);
		if ( ! methods.ok ) {
			return methods;
		}
		for ( const method of methods.value.filter(
			( { enabled } ) => enabled
		) ) {
			all.push( {
				id: `${ method.method_id }:${ method.instance_id }`,
				title: method.title || method.method_title || method.method_id,
				zone: zone.name,
			} );
		}
	}
	return ok( all );
}

async function readTaxRates(
	transport: Transport
): Promise< Result< StoreChoices[ 'taxRates' ] > > {
	const all: StoreChoices[ 'taxRates' ][ number ][] = [];
	for ( let page = 1, more = true; more; page++ ) {
		const read = await readEntries( transport, 'taxes', taxSchema, {
			per_page: PER_PAGE,
			page,
			orderby: 'id',
			order: 'asc',
		} );
		if ( ! read.ok ) {
			return read;
		}
		more = read.value.more;
		for ( const rate of read.value.entries ) {
			all.push( {
				percent: plain( decimal( rate.rate ) ),
				class: rate.class,
				country: rate.country,
				state: rate.state,
				label: rate.name,
			} );
		}
	}
	return ok( all );
}

async function readList< T >(
	transport: Transport,
	route: string,
	schema: z.ZodType< T >
): Promise< Result< readonly T[] > > {
	const read = await readEntries( transport, route, schema, {} );
	return read.ok ? ok( read.value.entries ) : read;
}

/** Entries that cannot be read are left out: nothing is decided by this list. */
async function readEntries< T >(
	transport: Transport,
	route: string,
	schema: z.ZodType< T >,
	query: Query
): Promise<
	Result< { readonly entries: readonly T[]; readonly more: boolean } >
> {
	const reply = await transport.get( route, query );
	if ( ! reply.ok ) {
		return fail( reply.failure );
	}
	const page = readPage( reply, Number( query[ 'page' ] ?? 1 ) );
	if ( page === null ) {
		return hold(
			unreadable( `the list of ${ route }`, 'it is not a list' )
		);
	}
	return ok( {
		entries: page.entries.flatMap( ( entry ) => {
			const parsed = schema.safeParse( entry );
			return parsed.success ? [ parsed.data ] : [];
		} ),
		more: page.more,
	} );
}
