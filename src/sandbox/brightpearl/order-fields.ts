/**
 * What `POST /order-service/sales-order` takes, and why it refuses (resources reference, §1.2).
 */
import { z } from 'zod';
import { statusesOf } from './account.ts';
import type { Account } from './account.ts';
import { addressSchema } from './addresses.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big } from './decimal.ts';
import { decimal, id, instant, wholeNumber } from './fields.ts';
import type { OrderType } from './model.ts';
import { rowSchema } from './order-rows.ts';

/** `reference` of the order PATCH page; the POST page names no limit. */
export const LONGEST_REFERENCE = 64;

const party = z.strictObject( {
	contactId: id.optional(),
	address: addressSchema.optional(),
} );

/** The body with rows of a kind: of a replacement they have ids. */
export const orderSchemaWith = < R extends z.ZodType >( row: R ) =>
	z
		.strictObject( {
			customer: z
				.strictObject( { id, address: addressSchema.optional() } )
				.optional(),
			customerId: id.optional(),
			billing: party.prefault( {} ),
			ref: z.string().max( LONGEST_REFERENCE ).default( '' ),
			placedOn: instant.optional(),
			taxDate: instant.optional(),
			parentId: wholeNumber.optional(),
			statusId: id.optional(),
			warehouseId: id.optional(),
			channelId: id.optional(),
			externalRef: z.string().min( 1 ).optional(),
			installedIntegrationInstanceId: id.optional(),
			staffOwnerId: id.optional(),
			projectId: id.optional(),
			teamId: id.optional(),
			leadSourceId: id.optional(),
			priceListId: id.optional(),
			priceModeCode: z.enum( [ 'INC', 'EXC' ] ).optional(),
			currency: z
				.strictObject( {
					code: z.string(),
					fixedExchangeRate: z.boolean().optional(),
					exchangeRate: decimal.optional(),
				} )
				.optional(),
			delivery: z
				.strictObject( {
					date: instant.optional(),
					address: addressSchema.optional(),
					shippingMethodId: id.optional(),
				} )
				.prefault( {} ),
			rows: z.array( row ).default( () => [] ),
		} )
		.refine(
			( order ) =>
				order.customer !== undefined || order.customerId !== undefined,
			{ message: 'is required', path: [ 'customer', 'id' ] }
		);

export const orderSchema = orderSchemaWith( rowSchema );
export type SentOrder = z.infer< typeof orderSchema >;

type Known = readonly [
	what: string,
	value: number | undefined,
	list: readonly { readonly id: number }[],
];

/** Every id the body names must exist; 0 = none where the references show it. */
function faultsOfIds( account: Account, sent: SentOrder ): Problem[] {
	const { profile, tables } = account;
	const zeroIsNone: Known[] = [
		[ 'channel', sent.channelId, profile.channels ],
		[ 'lead source', sent.leadSourceId, profile.leadSources ],
		[
			'shipping method',
			sent.delivery.shippingMethodId,
			profile.shippingMethods,
		],
		[ 'project', sent.projectId, [] ],
		[ 'team', sent.teamId, [] ],
	];
	const known: Known[] = [
		...zeroIsNone.filter( ( [ , value ] ) => value !== 0 ),
		[ 'warehouse', sent.warehouseId, profile.warehouses ],
		[ 'price list', sent.priceListId, profile.priceLists ],
	];
	const faults = known
		.filter(
			( [ , value, list ] ) =>
				value !== undefined &&
				! list.some( ( entry ) => entry.id === value )
		)
		.map( ( [ what, value ] ) =>
			problem(
				INVENTED.orderReference,
				`There is no ${ what } ${ value ?? '' }`
			)
		);
	const rows: [
		string,
		number | undefined,
		{ has: ( id: number ) => boolean },
	][] = [
		[ 'order', sent.parentId, tables.orders ],
		[ 'staff owner', sent.staffOwnerId, tables.contacts ],
		[ 'billing contact', sent.billing.contactId, tables.contacts ],
	];
	for ( const [ what, value, table ] of rows ) {
		if ( value !== undefined && value !== 0 && ! table.has( value ) ) {
			faults.push(
				problem(
					INVENTED.orderReference,
					`There is no ${ what } ${ value }`
				)
			);
		}
	}
	return faults;
}

/** The status of a new order: configured for sales, the first of its kind for the others. */
export function freshStatus( account: Account, type: OrderType ): number {
	const first = statusesOf( account ).find(
		( status ) => status.type === type && ! status.disabled
	);
	return type === 'SO'
		? account.profile.statuses.fresh
		: ( first?.id ?? account.profile.statuses.fresh );
}

export function faultsOfStatus(
	account: Account,
	statusId: number | undefined,
	type: OrderType,
	current: number | null
): Problem[] {
	const { invoiced, cancelled } = account.profile.statuses;
	const usable =
		statusId === undefined ||
		statusId === current ||
		( statusesOf( account ).some(
			( status ) =>
				status.id === statusId &&
				status.type === type &&
				! status.disabled
		) &&
			statusId !== invoiced &&
			statusId !== cancelled );
	return usable
		? []
		: [
				problem(
					INVENTED.statusRefused,
					`Status ${ statusId } does not exist, is hidden, or cannot be that of such an order`
				),
			];
}

function faultsOfCurrency( account: Account, sent: SentOrder ): Problem[] {
	const { profile } = account;
	const { code, exchangeRate } = sent.currency ?? {};
	if ( code === undefined ) {
		return [];
	}
	const faults: Problem[] = [];
	if ( ! profile.currencies.some( ( currency ) => currency.code === code ) ) {
		faults.push(
			problem(
				INVENTED.badCurrency,
				`The account has no currency ${ code }`
			)
		);
	}
	const rate = exchangeRate === undefined ? null : new Big( exchangeRate );
	if (
		rate &&
		( rate.lte( 0 ) || ( code === profile.baseCurrency && ! rate.eq( 1 ) ) )
	) {
		faults.push(
			problem(
				INVENTED.badCurrency,
				`Exchange rate ${ rate.toFixed() } is not possible for ${ code }`
			)
		);
	}
	return faults;
}

function faultsOfInstance( account: Account, sent: SentOrder ): Problem[] {
	const instance = sent.installedIntegrationInstanceId;
	return instance === undefined || instance === account.profile.instanceId
		? []
		: [
				problem(
					INVENTED.instance,
					`There is no installed integration instance ${ instance }`
				),
			];
}

/** Everything wrong with the header; rows and addresses are checked where they are built. */
export const faultsOfHeader = (
	account: Account,
	sent: SentOrder,
	type: OrderType,
	current: number | null
): Problem[] => [
	...faultsOfInstance( account, sent ),
	...faultsOfIds( account, sent ),
	...faultsOfStatus( account, sent.statusId, type, current ),
	...faultsOfCurrency( account, sent ),
];
