/**
 * What the settings name and the account, or the shop, does not have. Asks only for the lists that
 * a setting names something of; a list that is not answered says nothing.
 */
import type { Brightpearl } from '../../brightpearl/api.ts';
import type { Finding } from '../../contracts/answers.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Settings } from '../../contracts/settings.ts';

export interface UnknownSetting {
	/** Dotted path of the setting: `orders.rules`. */
	readonly setting: string;
	readonly side: Finding[ 'side' ];
	readonly level: 'warning' | 'error';
	/** `orders.rules names 9, which the account does not have.` */
	readonly message: string;
	/** What there is. */
	readonly fix: string;
}

type Value = number | string;

interface Naming {
	readonly setting: string;
	readonly given: readonly ( Value | null | undefined )[];
	/** Warning = orders go through all the same. */
	readonly level?: 'warning';
	readonly consequence?: string;
}

interface List {
	readonly side: Finding[ 'side' ];
	readonly ask: () => Promise< Result< readonly Value[] > >;
	readonly named: readonly Naming[];
}

/** @param storeStatuses Slugs of the statuses that the shop has. */
export async function unknownSettings(
	brightpearl: Brightpearl,
	settings: Settings,
	storeStatuses: () => Promise< Result< readonly string[] > >
): Promise< UnknownSetting[] > {
	const lists = [
		...brightpearlLists( brightpearl, settings ),
		{
			side: 'store' as const,
			ask: storeStatuses,
			named: [
				{
					setting: 'writeBack.status',
					given: Object.values( settings.writeBack.status ),
					consequence: ' Orders would be refused that status.',
				},
			],
		},
	];
	const found = await Promise.all( lists.map( unknownOf ) );
	return found.flat();
}

async function unknownOf( {
	side,
	ask,
	named,
}: List ): Promise< UnknownSetting[] > {
	const missing = ( known: readonly Value[], { given }: Naming ) => [
		...new Set(
			given.filter(
				( value ) =>
					value !== null &&
					value !== undefined &&
					! known.includes( value )
			)
		),
	];
	if ( named.every( ( naming ) => missing( [], naming ).length === 0 ) ) {
		return [];
	}
	const known = await ask();
	if ( ! known.ok ) {
		return [];
	}
	return named.flatMap( ( naming ) => {
		const unknown = missing( known.value, naming );
		const who = side === 'store' ? 'the shop' : 'the account';
		return unknown.length === 0
			? []
			: [
					{
						setting: naming.setting,
						side,
						level: naming.level ?? 'error',
						message: `${ naming.setting } names ${ unknown.join( ', ' ) }, which ${ who } does not have.${ naming.consequence ?? '' }`,
						fix: `${ side === 'store' ? 'The shop' : 'The account' } has: ${ known.value.join( ', ' ) || 'none' }.`,
					},
				];
	} );
}

function brightpearlLists(
	brightpearl: Brightpearl,
	{ orders, stock, writeBack }: Settings
): List[] {
	const of = ( ask: List[ 'ask' ], ...named: readonly Naming[] ): List => ( {
		side: 'brightpearl',
		ask,
		named,
	} );
	const settable = async () => {
		const read = await brightpearl.orderStatuses();
		return read.ok
			? ok( idsOf( read.value.filter( ( { disabled } ) => ! disabled ) ) )
			: read;
	};
	return [
		of(
			() => idsFrom( brightpearl.channels() ),
			{ setting: 'orders.channelId', given: [ orders.channelId ] },
			{
				setting: 'orders.rules',
				given: orders.rules.map( ( { channelId } ) => channelId ),
			}
		),
		of(
			() => idsFrom( brightpearl.warehouses() ),
			{ setting: 'orders.warehouseId', given: [ orders.warehouseId ] },
			{
				setting: 'orders.rules',
				given: orders.rules.map( ( { warehouseId } ) => warehouseId ),
			},
			{ setting: 'stock.warehouses', given: stock.warehouses ?? [] }
		),
		of( () => idsFrom( brightpearl.priceLists() ), {
			setting: 'orders.priceListId',
			given: [ orders.priceListId ],
		} ),
		of( () => idsFrom( brightpearl.leadSources() ), {
			setting: 'orders.leadSourceId',
			given: [ orders.leadSourceId ],
		} ),
		of( () => idsFrom( brightpearl.shippingMethods() ), {
			setting: 'orders.shipping',
			// 0 = none.
			given: Object.values( orders.shipping ).filter( Boolean ),
		} ),
		of( () => codesFrom( brightpearl.taxCodes() ), {
			setting: 'orders.tax',
			given: [
				...orders.tax.map( ( { code } ) => code ),
				orders.taxDefault,
			],
		} ),
		of( () => codesFrom( brightpearl.paymentMethods() ), {
			setting: 'orders.payments',
			given: Object.values( orders.payments ),
			level: 'warning',
			consequence:
				' Payments are recorded all the same, but Brightpearl books no receipt for them.',
		} ),
		of( () => codesFrom( brightpearl.nominalCodes() ), {
			setting: 'orders.nominal',
			given: Object.values( orders.nominal ),
		} ),
		of(
			settable,
			{
				setting: 'orders.status',
				given: Object.values( orders.status ),
			},
			{
				setting: 'orders.cancelledStatusId',
				given: [ orders.cancelledStatusId ],
				consequence: ' No order could be cancelled there.',
			}
		),
		// What cannot be set any more may still be the status of an order.
		of( () => idsFrom( brightpearl.orderStatuses() ), {
			setting: 'writeBack.status',
			given: Object.keys( writeBack.status ).map( Number ),
			level: 'warning',
		} ),
		of( () => codesFrom( brightpearl.customFieldDefinitions( 'order' ) ), {
			setting: 'orders.customFields',
			given: Object.keys( orders.customFields ),
		} ),
	];
}

const idsOf = ( records: readonly { readonly id: number }[] ): number[] =>
	records.map( ( { id } ) => id );

async function idsFrom(
	asked: Promise< Result< readonly { readonly id: number }[] > >
): Promise< Result< number[] > > {
	const read = await asked;
	return read.ok ? ok( idsOf( read.value ) ) : read;
}

async function codesFrom(
	asked: Promise< Result< readonly { readonly code: string }[] > >
): Promise< Result< string[] > > {
	const read = await asked;
	return read.ok ? ok( read.value.map( ( { code } ) => code ) ) : read;
}
