/**
 * What of an order can be patched (resources reference, §1.7), and of a row (§1.6).
 */
import { isInvoiced, touchOrder } from './account.ts';
import { idOf } from './call.ts';
import type { Call } from './call.ts';
import { Big, fixed, placesOf } from './decimal.ts';
import type { Order, OrderRow } from './model.ts';
import { LONGEST_REFERENCE } from './order-fields.ts';
import { taxCodeOf } from './order-rows.ts';
import { progressOf } from './order-state.ts';
import { noSuchOrder } from './find-order.ts';
import { showOrder } from './order-view.ts';
import { applyPatch } from './patch.ts';
import type { PatchTarget } from './patch.ts';
import { answer } from './reply.ts';
import type { Reply } from './reply.ts';
import { parseTime } from './zone.ts';

const REPLACE = [ 'replace' ] as const;
const REPLACE_OR_REMOVE = [ 'replace', 'remove' ] as const;

const isKnown = (
	list: readonly { readonly id: number }[],
	value: unknown
): value is number => list.some( ( { id } ) => id === value );

const hasAllocation = ( call: Call, order: Order ): boolean =>
	progressOf( call.account, order ).some(
		( row ) => row.reserved + row.noted > 0
	);

function orderTargets( call: Call, order: Order ): PatchTarget[] {
	const { account } = call;
	const { profile, tables } = account;
	const contactOf = ( field: 'customerId' | 'billingContactId' ) => ( {
		operations: REPLACE,
		read: () => order[ field ],
		write: ( value: unknown ) => {
			const contact =
				typeof value === 'number'
					? tables.contacts.get( value )
					: undefined;
			if (
				! contact ||
				contact.isStaff ||
				contact.isSupplier ||
				isInvoiced( account, order )
			) {
				return false;
			}
			order[ field ] = contact.id;
			return true;
		},
	} );
	return [
		{
			path: '/reference',
			operations: REPLACE_OR_REMOVE,
			read: () => order.ref,
			write: ( value = '' ) => {
				if (
					typeof value !== 'string' ||
					value.length > LONGEST_REFERENCE
				) {
					return false;
				}
				order.ref = value;
				return true;
			},
		},
		{
			path: '/warehouseId',
			operations: REPLACE,
			read: () => order.warehouseId,
			write: ( value ) => {
				if (
					! isKnown( profile.warehouses, value ) ||
					hasAllocation( call, order )
				) {
					return false;
				}
				order.warehouseId = value;
				return true;
			},
		},
		{
			path: '/delivery/shippingMethodId',
			operations: REPLACE_OR_REMOVE,
			read: () => order.shippingMethodId,
			write: ( value = 0 ) => {
				if (
					value !== 0 &&
					! isKnown( profile.shippingMethods, value )
				) {
					return false;
				}
				order.shippingMethodId = value as number;
				return true;
			},
		},
		{
			path: '/delivery/deliveryDate',
			operations: REPLACE,
			read: () => order.deliveryAt,
			write: ( value ) => {
				const at =
					typeof value === 'string' ? parseTime( value ) : null;
				order.deliveryAt = at;
				return at !== null;
			},
		},
		...teamTargets( call, order ),
		{ path: '/parties/customer/contactId', ...contactOf( 'customerId' ) },
		{
			path: '/parties/billing/contactId',
			...contactOf( 'billingContactId' ),
		},
	];
}

/** In an example of the page only, so by switch; 0 = none, and no account has a team. */
const teamTargets = ( { switches }: Call, order: Order ): PatchTarget[] =>
	switches.patchTeam === 'refuse'
		? []
		: [
				{
					path: '/assignment/current/teamId',
					operations: REPLACE,
					read: () => order.teamId,
					write: ( value ) => value === order.teamId,
				},
			];

export function patchOrder( call: Call ): Reply {
	const order = call.account.tables.orders.get( idOf( call ) );
	if ( ! order ) {
		return noSuchOrder( call.params.id ?? '' );
	}
	const changed = structuredClone( order );
	const refused = applyPatch( call.body, orderTargets( call, changed ) );
	if ( refused ) {
		return refused;
	}
	touchOrder( call.account, changed, call.now );
	return answer( showOrder( call.account, changed ) );
}

/** A decimal as patched: a text or a number, with at most four places. */
function amountOf( value: unknown ): string | null {
	const text = typeof value === 'number' ? new Big( value ).toFixed() : value;
	return typeof text === 'string' &&
		/^-?\d+(\.\d+)?$/.test( text ) &&
		placesOf( text ) <= 4
		? text
		: null;
}

/** Editing net recalculates the tax by the row's code, where the calculator is Brightpearl's (recorded, §1.6). */
export function rowTargets(
	call: Call,
	order: Order,
	row: OrderRow
): PatchTarget[] {
	const { account, switches } = call;
	return [
		{
			path: '/rowValue/rowNet/value',
			operations: REPLACE,
			read: () => row.net,
			write: ( value ) => {
				const net = amountOf( value );
				if ( net === null ) {
					return false;
				}
				const rate = taxCodeOf( account, row.taxCode )?.rate ?? 0;
				row.net = fixed( net, 4 );
				if ( row.taxCalculator === undefined ) {
					row.tax = fixed(
						new Big( net ).times( rate ).div( 100 ),
						switches.rowTaxDecimals
					);
				}
				return true;
			},
		},
		{
			path: '/rowValue/rowTax/value',
			operations: REPLACE,
			read: () => row.tax,
			write: ( value ) => {
				const tax = amountOf( value );
				row.tax = fixed( tax ?? row.tax, switches.rowTaxDecimals );
				return tax !== null;
			},
		},
		{
			path: '/quantity/magnitude',
			operations: REPLACE,
			read: () => row.quantity,
			write: ( value ) => {
				const quantity = amountOf( value );
				const used = progressOf( account, order ).find(
					( entry ) => entry.row.id === row.id
				);
				if (
					quantity === null ||
					new Big( quantity ).lte( 0 ) ||
					row.bundleParent ||
					( row.stockTracked && placesOf( quantity ) > 0 ) ||
					new Big( quantity ).lt(
						( used?.reserved ?? 0 ) + ( used?.noted ?? 0 )
					)
				) {
					return false;
				}
				row.quantity = fixed( quantity, 4 );
				return true;
			},
		},
		{
			path: '/rowValue/taxCalculator',
			operations: REPLACE,
			read: () => row.taxCalculator ?? 'brightpearl',
			write: ( value ) => {
				delete row.taxCalculator;
				if ( value === 'manual' || value === 'avalara' ) {
					row.taxCalculator = value;
				}
				return (
					value === 'brightpearl' || row.taxCalculator !== undefined
				);
			},
		},
		{
			path: '/orderRowSequence',
			operations: REPLACE,
			read: () => String( row.sequence ),
			write: ( value ) => {
				// Shown as a text; both forms are read, as everywhere.
				if ( ! /^\d{1,9}$/.test( String( value ) ) ) {
					return false;
				}
				row.sequence = Number( value );
				return true;
			},
		},
		{
			path: '/nominalCode',
			operations: REPLACE,
			read: () => row.nominalCode,
			write: ( value ) => {
				const known = account.profile.nominals.find(
					( { code } ) => code === value
				);
				row.nominalCode = known?.code ?? row.nominalCode;
				return known !== undefined;
			},
		},
	];
}
