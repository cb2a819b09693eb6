/**
 * What of a connection's settings Brightpearl does not know, or the shop cannot do: told by
 * `connection check` before an order meets it. Only reads.
 */
import type { Brightpearl } from '../../brightpearl/api.ts';
import type { Finding } from '../../contracts/answers.ts';
import { ok } from '../../contracts/result.ts';
import type { Settings } from '../../contracts/settings.ts';

type Level = Finding[ 'level' ];

export async function settingsFindings(
	brightpearl: Brightpearl,
	{ orders, stock, writeBack }: Settings,
	isPaired: boolean
): Promise< Finding[] > {
	const followed = Object.keys( writeBack.status ).map( Number );
	const [ channels, warehouses, taxCodes, methods, statuses ] =
		await Promise.all( [
			brightpearl.channels(),
			brightpearl.warehouses(),
			brightpearl.taxCodes(),
			brightpearl.paymentMethods(),
			followed.length === 0 ? ok( [] ) : brightpearl.orderStatuses(),
		] );
	// A side that does not answer has its own finding.
	return [
		...( channels.ok
			? unknown(
					'orders.channelId',
					[ orders.channelId ],
					idsOf( channels.value )
				)
			: [] ),
		...( warehouses.ok
			? [
					...unknown(
						'orders.warehouseId',
						[ orders.warehouseId ],
						idsOf( warehouses.value )
					),
					...unknown(
						'stock.warehouses',
						stock.warehouses ?? [],
						idsOf( warehouses.value )
					),
				]
			: [] ),
		...( taxCodes.ok
			? unknown(
					'orders.tax',
					[
						...orders.tax.map( ( rule ) => rule.code ),
						orders.taxDefault,
					],
					taxCodes.value.map( ( taxCode ) => taxCode.code )
				)
			: [] ),
		...( methods.ok
			? unknown(
					'orders.payments',
					Object.values( orders.payments ),
					methods.value.map( ( { code } ) => code ),
					'warning',
					' Payments are recorded all the same, but Brightpearl books no receipt for them.'
				)
			: [] ),
		...( statuses.ok
			? unknown(
					'writeBack.status',
					followed,
					idsOf( statuses.value ),
					'warning'
				)
			: [] ),
		...quietFindings( writeBack, isPaired ),
	];
}

/** Only the plugin can hold customer mails back. */
function quietFindings(
	{ mails, status }: Settings[ 'writeBack' ],
	isPaired: boolean
): Finding[] {
	return mails === 'quiet' && ! isPaired && Object.keys( status ).length > 0
		? [
				{
					side: 'store',
					code: 'write-back-refused',
					level: 'error',
					message:
						'writeBack.status is set and writeBack.mails is "quiet", which only the plugin in the shop can do: no status is written into the shop.',
					fix: 'Pair the plugin, or set writeBack.mails to "send" if the shop\'s own mails are welcome.',
				},
			]
		: [];
}

function idsOf( records: readonly { readonly id: number }[] ): number[] {
	return records.map( ( { id } ) => id );
}

function unknown< T extends number | string >(
	setting: string,
	given: readonly ( T | null )[],
	known: readonly T[],
	level: Level = 'error',
	consequence = ''
): Finding[] {
	const missing = new Set(
		given.filter( ( value ) => value !== null && ! known.includes( value ) )
	);
	return missing.size === 0
		? []
		: [
				{
					side: 'brightpearl',
					code: 'setting-unknown',
					level,
					message: `${ setting } names ${ [ ...missing ].join( ', ' ) }, which the account does not have.${ consequence }`,
					fix: `The account has: ${ known.join( ', ' ) || 'none' }.`,
				},
			];
}
