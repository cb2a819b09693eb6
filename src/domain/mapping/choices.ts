/**
 * The readiness report's part on settings: statuses, payment methods, shipping methods, tax rates,
 * the currency and the channel of the shop, each with what it becomes and a guess where it becomes
 * nothing.
 */
import type { Choices, MappingItem } from '../../contracts/answers.ts';
import type { Settings } from '../../contracts/settings.ts';
import { isNoOrder, isCalledOff } from '../orders/statuses.ts';
import { methodCodeOf, own } from '../orders/payments/payment.ts';
import { closest, type Candidate, type Guess } from './similar.ts';
import { reportTax } from './tax.ts';

type Lists = {
	readonly store: NonNullable< Choices[ 'store' ] >;
	readonly brightpearl: NonNullable< Choices[ 'brightpearl' ] >;
};
type Orders = Settings[ 'orders' ];
export type Draft = Omit< MappingItem, 'kind' | 'orders' >;

/** Of WooCommerce itself; they wait for something, and nobody misses them in Brightpearl. */
const UNPAID = [ 'pending' ];

export function reportChoices(
	{ store, brightpearl }: Lists,
	{ orders }: Settings,
	shop: { readonly name: string | null }
): MappingItem[] {
	const of = ( kind: MappingItem[ 'kind' ], drafts: readonly Draft[] ) =>
		drafts.map( ( draft ) => ( { ...draft, kind, orders: null } ) );
	return [
		...of( 'setting', channel( orders, brightpearl, shop.name ) ),
		...of(
			'status',
			store.statuses.flatMap( status( orders, brightpearl ) )
		),
		...of(
			'payment',
			store.paymentMethods.map( payment( orders, brightpearl ) )
		),
		...of(
			'shipping',
			store.shippingMethods.map( shipping( orders, brightpearl ) )
		),
		...of(
			'tax',
			store.taxRates.map( reportTax( orders, brightpearl.taxCodes ) )
		),
	];
}

/** Null = the shop does not say, or Brightpearl could not be asked. */
export function reportCurrency(
	currency: string | null,
	known: readonly string[] | null
): MappingItem[] {
	if ( currency === null || known === null ) {
		return [];
	}
	const isKnown = known.includes( currency );
	return [
		{
			kind: 'currency',
			code: isKnown ? 'currency-known' : 'currency-unknown',
			level: isKnown ? 'ok' : 'error',
			store: currency,
			name: null,
			brightpearl: isKnown ? currency : null,
			proposal: null,
			message: isKnown
				? `Brightpearl has ${ currency }.`
				: `Brightpearl does not have ${ currency }. Add it there, under Settings › Accounting › Currencies.`,
			orders: null,
		},
	];
}

const candidates = (
	records: readonly { readonly id: number; readonly name: string }[]
): Candidate< number >[] =>
	records.map( ( { id, name } ) => ( {
		value: id,
		label: name,
		names: [ name ],
	} ) );

function proposal(
	key: string,
	guess: Guess< unknown > | null
): MappingItem[ 'proposal' ] {
	return (
		guess && {
			key,
			value: JSON.stringify( guess.value ),
			label: guess.label,
			why: guess.why,
		}
	);
}

function channel(
	{ channelId }: Orders,
	{ channels }: Lists[ 'brightpearl' ],
	shop: string | null
): Draft[] {
	const known = channels.find( ( { id } ) => id === channelId );
	const [ first ] = channels;
	const base = { store: 'orders.channelId', name: 'Channel' };
	if ( known !== undefined ) {
		return [
			{
				...base,
				code: 'channel-set',
				level: 'ok',
				brightpearl: known.name,
				proposal: null,
				message: `Orders go to the channel ${ known.name }.`,
			},
		];
	}
	const guess =
		channels.length === 1 && first !== undefined
			? { value: first.id, label: first.name, why: 'It is the only one.' }
			: closest( shop === null ? [] : [ shop ], candidates( channels ) );
	return [
		{
			...base,
			code: channelId === null ? 'channel-unset' : 'channel-unknown',
			level: channelId === null ? 'warning' : 'error',
			brightpearl: null,
			proposal: proposal( 'orders.channelId', guess ),
			message:
				channelId === null
					? 'No channel is chosen: orders get none in Brightpearl.'
					: `Brightpearl has no channel ${ channelId }.`,
		},
	];
}

const status =
	( orders: Orders, { orderStatuses }: Lists[ 'brightpearl' ] ) =>
	( { slug, name }: Lists[ 'store' ][ 'statuses' ][ number ] ): Draft[] => {
		if ( isNoOrder( slug ) ) {
			return [];
		}
		const key = `orders.status.${ slug }`;
		const guess = () =>
			proposal(
				key,
				closest( [ name, slug ], candidates( orderStatuses ) )
			);
		const base = { store: slug, name };
		const id = own( orders.status, slug );
		if ( id === undefined ) {
			const isUsual = isCalledOff( slug ) || UNPAID.includes( slug );
			return [
				{
					...base,
					code: 'status-left-out',
					level: isUsual ? 'ok' : 'warning',
					brightpearl: null,
					proposal: isUsual ? null : guess(),
					message: `Orders that are “${ name }” are not pushed${ isUsual ? ', as is usual.' : `. If they are sales, set ${ key }.` }`,
				},
			];
		}
		const known = orderStatuses.find( ( one ) => one.id === id );
		return [
			id === null
				? {
						...base,
						code: 'status-default',
						level: 'ok',
						brightpearl: 'the account’s status for new orders',
						proposal: guess(),
						message: `Orders that are “${ name }” get the account’s status for new orders.`,
					}
				: {
						...base,
						code: known ? 'status-mapped' : 'status-unknown',
						level: known ? 'ok' : 'error',
						brightpearl: known?.name ?? null,
						proposal: known ? null : guess(),
						message: known
							? `Orders that are “${ name }” become “${ known.name }”.`
							: `Brightpearl has no order status ${ id } that can be set.`,
					},
		];
	};

const payment =
	( orders: Orders, { paymentMethods }: Lists[ 'brightpearl' ] ) =>
	( {
		id,
		title,
	}: Lists[ 'store' ][ 'paymentMethods' ][ number ] ): Draft => {
		const code = methodCodeOf( id, orders.payments );
		const known = paymentMethods.find( ( one ) => one.code === code );
		const guess = closest(
			[ title, id ],
			paymentMethods.map( ( one ) => ( {
				value: one.code,
				label: `${ one.name } (${ one.code })`,
				names: [ one.name, one.code ],
			} ) ),
			id
		);
		const base = { store: id, name: title };
		return code !== null && known !== undefined
			? {
					...base,
					code: 'payment-mapped',
					level: 'ok',
					brightpearl: known.name,
					proposal: null,
					message: `Payments by ${ title } are booked as ${ known.name }.`,
				}
			: {
					...base,
					code:
						code === null ? 'payment-unmapped' : 'payment-unknown',
					level: code === null ? 'error' : 'warning',
					brightpearl: code,
					proposal: proposal( `orders.payments.${ id }`, guess ),
					message:
						code === null
							? `Paid orders by ${ title } would wait: no payment method of Brightpearl is chosen for them.`
							: `Brightpearl has no payment method ${ code }: payments by ${ title } are recorded, but no receipt is booked.`,
				};
	};

const shipping =
	( orders: Orders, { shippingMethods }: Lists[ 'brightpearl' ] ) =>
	( method: Lists[ 'store' ][ 'shippingMethods' ][ number ] ): Draft => {
		const { id, title, zone } = method;
		const kind = id.split( ':' )[ 0 ] ?? id;
		const chosen =
			own( orders.shipping, id ) ??
			own( orders.shipping, kind ) ??
			own( orders.shipping, '*' );
		const known = shippingMethods.find( ( one ) => one.id === chosen );
		const name = zone === '' ? title : `${ title } (${ zone })`;
		const isChosen = known !== undefined;
		const isNone = chosen === undefined || chosen === 0;
		const guess = isChosen
			? null
			: closest( [ title ], candidates( shippingMethods ), kind );
		return {
			store: id,
			name,
			code: isChosen
				? 'shipping-mapped'
				: isNone
					? 'shipping-none'
					: 'shipping-unknown',
			level: isChosen
				? 'ok'
				: isNone
					? guess
						? 'warning'
						: 'ok'
					: 'error',
			brightpearl: known?.name ?? null,
			proposal: proposal( `orders.shipping.${ id }`, guess ),
			message: isChosen
				? `Orders by ${ name } get the shipping method ${ known.name }.`
				: isNone
					? `Orders by ${ name } get no shipping method in Brightpearl.`
					: `Brightpearl has no shipping method ${ chosen }, which orders by ${ name } would get.`,
		};
	};
