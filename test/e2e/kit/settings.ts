/** What the scenarios' connections are set to. */
import { fileURLToPath } from 'node:url';

export const CONNECTION = 'main';
/** `orders.refPrefix` of a scene, unless it says otherwise. */
export const PREFIX = 'shop';
/** The recorded orders, for `/_sandbox/load-recorded`. */
export const RECORDED = fileURLToPath(
	new URL( '../../data/woocommerce/orders', import.meta.url )
);

/** An hour ago: what is sold from now on is ours. */
const hourAgo = (): string => new Date( Date.now() - 3_600_000 ).toISOString();

/**
 * A go-live that is now, of which everything older is older: the shop tells times to the second.
 */
export async function goLiveNow(): Promise< string > {
	await pause( 1000 - ( Date.now() % 1000 ) );
	return new Date( Math.floor( Date.now() / 1000 ) * 1000 ).toISOString();
}

export function pause( ms: number ): Promise< void > {
	return new Promise( ( resolve ) => setTimeout( resolve, ms ) );
}

/** The British shop's mapping; nothing repeats by itself unless a scenario says so. */
export interface SceneSettings extends Readonly< Record< string, unknown > > {
	readonly orders: Readonly< Record< string, unknown > > & {
		readonly tax: readonly Readonly< Record< string, string > >[];
		readonly payments: Readonly< Record< string, string > >;
	};
	readonly stock: Readonly< Record< string, unknown > >;
}

export function gbSettings(): SceneSettings {
	return {
		goLive: hourAgo(),
		orders: {
			refPrefix: PREFIX,
			channelId: 7,
			payments: {
				stripe: 'CARD',
				paypal: 'PAYPAL',
				bacs: 'BACS',
				cod: 'CASH',
			},
			tax: [
				{ percent: '20', code: 'T20' },
				{ percent: '5', code: 'T5' },
				{ percent: '0', class: 'zero-rate', code: 'T0' },
				{ percent: '0', code: 'T9' },
				// A fee of a whole cart carries the rates of all its goods at once.
				{ percent: '25', code: 'T20' },
			],
		},
		sweep: { every: '12h', deep: '24h' },
		stock: { every: null, warehouses: [ 2 ] },
	};
}
