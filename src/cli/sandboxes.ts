/**
 * The two sandboxes as the command line runs them; their code is loaded only when asked for.
 */
import catalogue from '../sandbox/catalogue.json' with { type: 'json' };
import type {
	RunningBrightpearl,
	RunningShop,
	Sandboxes,
	SandboxOptions,
} from './sandbox-port.ts';
import { ensureWebhooks } from './demo-webhooks.ts';

/** The first account of the Brightpearl sandbox is the British one; the demo sells from it. */
const DEMO_WAREHOUSE = 2;

export const sandboxes: Sandboxes = {
	async brightpearl( options ): Promise< RunningBrightpearl > {
		const { startBrightpearlSandbox } =
			await import( '../sandbox/brightpearl/index.ts' );
		const { port, seed, speed, stateFile, clock } = options;
		const sandbox = await startBrightpearlSandbox( {
			port,
			seed,
			speed,
			stateFile,
			clock,
		} );
		const stopping = new AbortController();
		return {
			url: sandbox.url,
			ready: { accounts: sandbox.ready.accounts },
			work( every ) {
				void repeat( options, every, every, stopping.signal, () =>
					receiveGoods(
						options,
						sandbox.url,
						sandbox.ready.accounts[ 0 ]?.account ?? ''
					)
				);
			},
			close() {
				stopping.abort();
				return sandbox.close();
			},
		};
	},

	async shop( options ): Promise< RunningShop > {
		const { startShopSandbox } = await import( '../sandbox/shop/index.ts' );
		const { port, seed, speed, stateFile, clock } = options;
		const sandbox = await startShopSandbox( {
			port,
			seed,
			speed,
			stateFile,
			clock,
		} );
		const { consumerKey, consumerSecret, webhookSecret } = sandbox.ready;
		const stopping = new AbortController();
		return {
			url: sandbox.url,
			ready: { consumerKey, consumerSecret, webhookSecret },
			sell( { webhookUrl, every } ) {
				void ensureWebhooks( options, sandbox.ready, webhookUrl ).then(
					() =>
						repeat(
							options,
							FIRST_SALE,
							every,
							stopping.signal,
							async () => {
								sandbox.sell();
							}
						)
				);
			},
			close() {
				stopping.abort();
				return sandbox.close();
			},
		};
	},

	async demoSettings() {
		return {
			orders: {
				channelId: 7,
				payments: {
					stripe: 'CARD',
					paypal: 'PAYPAL',
					bacs: 'BACS',
					cod: 'CASH',
					'*': 'CARD',
				},
				tax: [
					{ percent: '20', code: 'T20' },
					{ percent: '5', code: 'T5' },
					{ percent: '0', code: 'T0' },
				],
				// A cart-wide fee may carry several rates at once.
				taxDefault: 'T20',
			},
			sweep: { every: '1m', overlap: '2m', deep: '24h' },
			stock: { every: '20s', warehouses: [ DEMO_WAREHOUSE ] },
		};
	},
};

const FIRST_SALE = 1000;

/** Now and then, until told to stop; a failure of one time is not the end. */
async function repeat(
	{ clock, logger }: SandboxOptions,
	first: number,
	every: number,
	signal: AbortSignal,
	once: () => Promise< void >
): Promise< void > {
	await clock.sleep( first, signal );
	while ( ! signal.aborted ) {
		try {
			await once();
		} catch ( error ) {
			logger.warn(
				{ err: error },
				'The demo could not do its next thing.'
			);
		}
		await clock.sleep( every, signal );
	}
}

const KEEPING_STOCK = catalogue.filter(
	( entry ) => entry.sku !== '' && entry.manageStock === true
);

/** Staff book something in, or write something off. */
async function receiveGoods(
	{ random }: SandboxOptions,
	url: string,
	account: string
): Promise< void > {
	const entry =
		KEEPING_STOCK[ Math.floor( random.next() * KEEPING_STOCK.length ) ];
	const change = Math.floor( random.next() * 12 ) + 1;
	await fetch( `${ url }/_sandbox/stock`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( { account, sku: entry?.sku, change } ),
	} );
}
