/**
 * A pure Brightpearl for plans: applies a plan's steps to one sales order and to the link, so that
 * the next plan can be made from what came of it.
 */
import type { OrderLink } from '../../src/contracts/database.ts';
import type {
	StoreOrder,
	StoreRefundDetail,
} from '../../src/contracts/store.ts';
import { decimal, money, sum } from '../../src/domain/money.ts';
import type { FoundOrder, FoundRow } from '../../src/domain/orders/found.ts';
import {
	currentPayment,
	isAsExpected,
	planGone,
	withFound,
} from '../../src/domain/orders/plan.ts';
import type {
	OrderPlan,
	PlanInput,
	PlannedRow,
	PlannedSalesOrder,
	Step,
} from '../../src/domain/orders/types.ts';
import {
	ACCOUNT,
	inputFor,
	linkWith,
	planned,
	settingsWith,
} from './planning.ts';

/** Brightpearl's product for free text. */
const MISC = 1000;
const NEW_STATUS = 1;

export interface World {
	found: FoundOrder | null;
	link: OrderLink;
	/** What is on the sales order and on its credits, by payment id; PAYMENTs are negative. */
	money: Map< number, string >;
	/** Gross of every credit, by its id. */
	credits: Map< number, string >;
	nextId: number;
}

export interface Shop {
	readonly order: StoreOrder;
	readonly refunds?: readonly StoreRefundDetail[];
	readonly more?: Partial< PlanInput >;
}

export function newWorld( link: Partial< OrderLink > = {} ): World {
	return {
		found: null,
		link: linkWith( { orderId: 4336, number: '4336', ...link } ),
		money: new Map(),
		credits: new Map(),
		nextId: 500,
	};
}

export function inputIn( world: World, shop: Shop ): PlanInput {
	const { order, refunds = [], more = {} } = shop;
	return inputFor(
		{ order, exact: null },
		{ link: world.link, found: world.found, refunds, ...more }
	);
}

/** One look at the order: it is seen, planned, and what was planned is done. */
export function converge( world: World, shop: Shop ): OrderPlan {
	see( world, shop.order );
	const plan = planned( inputIn( world, shop ) );
	applyPlan( world, plan );
	return plan;
}

export function convergeGone(
	world: World,
	how: 'trashed' | 'deleted',
	settings = settingsWith()
): OrderPlan {
	if ( world.found === null ) {
		throw new Error( 'It was never there.' );
	}
	const result = planGone( {
		link: world.link,
		found: world.found,
		settings,
		account: ACCOUNT,
		refPrefix: 'shop',
		how,
		closedCredits: [],
		now: '2026-07-05T10:00:00Z',
	} );
	if ( ! result.ok ) {
		throw new Error( 'An order that is gone is never held.' );
	}
	applyPlan( world, result.plan );
	return result.plan;
}

function see( world: World, order: StoreOrder ): void {
	const payment = currentPayment( order, world.link );
	const isKnown = world.link.payments.some( ( { n } ) => n === payment?.n );
	world.link = {
		...world.link,
		storeStatus: order.status,
		total: order.total,
		currency: order.currency,
		payments:
			payment === null || isKnown
				? world.link.payments
				: [ ...world.link.payments, payment ],
	};
}

export function applyPlan( world: World, plan: OrderPlan ): void {
	for ( const step of plan.steps ) {
		applyStep( world, plan, step );
	}
	const { found } = world;
	if ( found !== null ) {
		const pushed = plan.pushed ?? world.link.pushed;
		world.link = {
			...world.link,
			pushed: pushed === null ? null : withFound( pushed, found ),
			pushedAt: '2026-07-01T23:31:00Z',
			conflicts: plan.conflicts,
			fingerprint: plan.fingerprint,
			resolve: null,
		};
	}
}

function applyStep( world: World, plan: OrderPlan, step: Step ): void {
	const { link } = world;
	switch ( step.type ) {
		case 'EnsureContact':
			return;
		case 'CreateOrder':
			world.found = created( world, step.salesOrder );
			world.link = { ...link, salesOrderId: world.found.id };
			return;
		case 'AmendOrder':
			world.found = amended( world, step );
			return;
		case 'RecordPayment': {
			const { n, amount, paidAt } = step.payment;
			const paymentId = pay( world, amount );
			world.link = {
				...link,
				payments: [
					...link.payments.filter( ( payment ) => payment.n !== n ),
					{ n, amount, paidAt, paymentId, reversed: null },
				],
			};
			return;
		}
		case 'ReversePayment': {
			const paymentId = pay( world, `-${ step.reversal.amount }` );
			world.link = {
				...link,
				payments: link.payments.map( ( payment ) =>
					payment.n === step.n
						? { ...payment, reversed: { paymentId } }
						: payment
				),
			};
			return;
		}
		case 'Allocate':
			world.link = { ...link, reserved: step.wanted };
			world.found = {
				...foundIn( world ),
				allocation:
					Object.keys( step.wanted ).length > 0 ? 'all' : 'none',
			};
			return;
		case 'CreateCredit': {
			const { refundId, total } = step.credit;
			const salesCreditId = world.nextId++;
			world.credits.set( salesCreditId, total );
			world.link = {
				...link,
				credits: [
					...link.credits,
					{
						refundId,
						salesCreditId,
						total,
						refund: null,
						emptied: false,
						settled: false,
					},
				],
			};
			return;
		}
		case 'RecordRefund': {
			const { refundId, amount } = step.refund;
			const paymentId = pay( world, `-${ amount }` );
			world.link = {
				...link,
				credits: link.credits.map( ( credit ) =>
					credit.refundId === refundId && ! credit.emptied
						? {
								...credit,
								refund: { amount, paymentId, reversed: null },
							}
						: credit
				),
			};
			return;
		}
		case 'ReverseRefund': {
			const paymentId = pay( world, step.reversal.amount );
			world.link = {
				...link,
				credits: link.credits.map( ( credit ) =>
					credit.salesCreditId === step.reversal.orderId &&
					credit.refund !== null
						? {
								...credit,
								refund: {
									...credit.refund,
									reversed: { paymentId },
								},
							}
						: credit
				),
			};
			return;
		}
		case 'EmptyCredit':
			world.credits.set( step.salesCreditId, '0' );
			world.link = {
				...link,
				credits: link.credits.map( ( credit ) =>
					credit.salesCreditId === step.salesCreditId
						? { ...credit, emptied: true }
						: credit
				),
			};
			return;
		case 'AddNote':
			world.link = { ...link, notes: [ ...link.notes, step.note.key ] };
			return;
		case 'SetCustomFields':
			world.link = {
				...link,
				fields: { ...link.fields, ...step.fields },
			};
			return;
		case 'SetStatus':
			world.found = {
				...foundIn( world ),
				statusId: step.statusId,
				cancelled: false,
			};
			if ( step.revives ) {
				world.link = { ...link, cancelled: false, reserved: {} };
			}
			return;
		case 'CancelOrder':
			if ( receivedIn( world ) !== '0.00' ) {
				throw new Error(
					'Brightpearl cancels no order with money on it.'
				);
			}
			world.found = {
				...foundIn( world ),
				statusId: step.statusId,
				cancelled: true,
				allocation: 'none',
			};
			world.link = { ...link, cancelled: true, reserved: {} };
			return;
		case 'CloseOrder':
			world.found = { ...foundIn( world ), invoiced: true };
			return;
		case 'Verify':
			if (
				plan.expected !== null &&
				! isAsExpected( plan.expected, foundIn( world ) )
			) {
				throw new Error(
					`${ JSON.stringify( plan.expected ) } is not ${ JSON.stringify( foundIn( world ) ) }`
				);
			}
	}
}

export function foundIn( { found }: World ): FoundOrder {
	if ( found === null ) {
		throw new Error( 'There is no sales order.' );
	}
	return found;
}

/** Receipts less what was paid back, over the order and its credits. */
export function receivedIn( { money: paid }: World ): string {
	return money( sum( [ ...paid.values() ].map( decimal ) ), 2 );
}

/** Sales less credits. */
export function soldIn( world: World ): string {
	const { found, credits } = world;
	const sales = found === null || found.cancelled ? '0' : found.total;
	return money(
		decimal( sales ).minus( sum( [ ...credits.values() ].map( decimal ) ) ),
		2
	);
}

function pay( world: World, amount: string ): number {
	const id = world.nextId++;
	world.money.set( id, amount );
	return id;
}

function created( world: World, order: PlannedSalesOrder ): FoundOrder {
	const address = ( of: PlannedSalesOrder[ 'billing' ] ) => ( {
		fullName: of.fullName,
		company: of.company,
		line1: of.line1,
		line2: of.line2,
		line3: of.city,
		line4: of.state,
		postalCode: of.postcode,
		countryIso3: of.country,
		telephone: of.phone,
		email: of.email,
	} );
	return totalled( {
		id: 20871,
		version: 0,
		statusId: order.statusId ?? NEW_STATUS,
		reference: order.ref,
		warehouseId: 2,
		shippingMethodId: order.shippingMethodId ?? 0,
		exchangeRate: '1',
		total: '0',
		net: '0',
		tax: '0',
		allocation: 'none',
		shipping: 'none',
		cancelled: false,
		invoiced: false,
		addresses: {
			customer: address( order.billing ),
			billing: address( order.billing ),
			delivery: address( order.delivery ),
		},
		rows: order.rows.map( ( row ) => foundRow( world, row ) ),
	} );
}

export function foundRow(
	world: World,
	row: Partial< PlannedRow > & { readonly externalRef?: string | null }
): FoundRow {
	return {
		id: world.nextId++,
		productId: row.productId ?? MISC,
		name: row.name ?? null,
		quantity: row.quantity ?? '1',
		net: row.net ?? '0',
		tax: row.tax ?? '0',
		taxCode: row.taxCode ?? 'T20',
		nominalCode: row.nominalCode ?? '4000',
		externalRef: row.externalRef ?? null,
		bundleParent: false,
		bundleChild: false,
	};
}

/** As Brightpearl adds them up. */
export function totalled( found: FoundOrder ): FoundOrder {
	const total = ( of: ( row: FoundRow ) => string ): string =>
		money( sum( found.rows.map( ( row ) => decimal( of( row ) ) ) ), 2 );
	const net = total( ( row ) => row.net );
	const tax = total( ( row ) => row.tax );
	return {
		...found,
		version: ( found.version ?? 0 ) + 1,
		net,
		tax,
		total: money( decimal( net ).plus( tax ), 2 ),
	};
}

function amended(
	world: World,
	{ change, version }: Extract< Step, { type: 'AmendOrder' } >
): FoundOrder {
	const found = foundIn( world );
	if ( version !== found.version || found.invoiced ) {
		throw new Error( 'Brightpearl has another version of the order.' );
	}
	const { rows } = change;
	const address = ( body: typeof change.billingAddress ) =>
		body === undefined
			? null
			: {
					fullName: body.addressFullName ?? '',
					company: body.companyName ?? '',
					line1: body.addressLine1 ?? '',
					line2: body.addressLine2 ?? '',
					line3: body.addressLine3 ?? '',
					line4: body.addressLine4 ?? '',
					postalCode: body.postalCode ?? '',
					countryIso3: body.countryIsoCode ?? '',
					telephone: body.telephone ?? '',
					email: body.email ?? '',
				};
	const { addresses } = found;
	return totalled( {
		...found,
		reference: change.ref ?? found.reference,
		shippingMethodId: change.shippingMethodId ?? found.shippingMethodId,
		addresses: {
			customer: address( change.billingAddress ) ?? addresses.customer,
			billing: address( change.billingAddress ) ?? addresses.billing,
			delivery: address( change.deliveryAddress ) ?? addresses.delivery,
		},
		rows: [
			...found.rows
				.filter( ( { id } ) => ! rows?.remove.includes( id ) )
				.map( ( row ) => {
					const { rowId, ...to } = rows?.change.find(
						( one ) => one.rowId === row.id
					) ?? { rowId: row.id };
					return { ...row, ...to, id: rowId };
				} ),
			...( rows?.add ?? [] ).map( ( row ) => foundRow( world, row ) ),
		],
	} );
}

/** Staff's hand in Brightpearl. */
export function edit(
	world: World,
	change: Partial< Omit< FoundOrder, 'rows' > > & {
		readonly rows?: ( rows: readonly FoundRow[] ) => readonly FoundRow[];
	}
): void {
	const { rows, ...head } = change;
	const found = foundIn( world );
	world.found = totalled( {
		...found,
		...head,
		rows: rows === undefined ? found.rows : rows( found.rows ),
	} );
}

export function types( { steps }: OrderPlan ): string[] {
	return steps.map( ( { type } ) => type );
}
