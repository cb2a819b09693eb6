/**
 * What `POST /order-service/sales-order` takes, and why it refuses (resources reference, §1.2).
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { addressSchema } from './addresses.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big } from './decimal.ts';
import { decimal, id, instant, wholeNumber } from './fields.ts';
import { rowSchema } from './order-rows.ts';

/** `reference` of the order PATCH page; the POST page names no limit. */
export const LONGEST_REFERENCE = 64;

const party = z.strictObject( {
	contactId: id.optional(),
	address: addressSchema.optional(),
} );

export const orderSchema = z
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
		rows: z.array( rowSchema ).default( [] ),
	} )
	.refine(
		( order ) =>
			order.customer !== undefined || order.customerId !== undefined,
		{ message: 'is required', path: [ 'customer', 'id' ] }
	);
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

function faultsOfStatus( account: Account, sent: SentOrder ): Problem[] {
	const { all, invoiced, cancelled } = account.profile.statuses;
	const { statusId } = sent;
	const usable =
		statusId === undefined ||
		( all.some(
			( status ) =>
				status.id === statusId &&
				status.type === 'SO' &&
				! status.disabled
		) &&
			statusId !== invoiced &&
			statusId !== cancelled );
	return usable
		? []
		: [
				problem(
					INVENTED.statusRefused,
					`Status ${ statusId } does not exist, is hidden, or cannot be that of a new sales order`
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
	sent: SentOrder
): Problem[] => [
	...faultsOfInstance( account, sent ),
	...faultsOfIds( account, sent ),
	...faultsOfStatus( account, sent ),
	...faultsOfCurrency( account, sent ),
];
