/**
 * The client connected to the built-in Brightpearl over real HTTP, and what a test needs there.
 */
import type { Brightpearl, SalesOrderBody } from '../../src/brightpearl/api.ts';
import {
	createBrightpearl,
	type BrightpearlOptions,
} from '../../src/brightpearl/client.ts';
import { createBudgetRegistry } from '../../src/brightpearl/budget/pools.ts';
import {
	brightpearlConfigSchema,
	type BrightpearlConfig,
} from '../../src/contracts/connection.ts';
import type { CachedProduct } from '../../src/contracts/database.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import {
	startBrightpearlSandbox,
	type SandboxAccount,
	type Switches,
} from '../../src/sandbox/brightpearl/index.ts';
import { strictSwitches } from '../../src/sandbox/brightpearl/switches.ts';
import { strict, type SandboxWorld } from '../helpers/worlds.ts';
import {
	createLog,
	createMemoryCache,
	createMemoryTokens,
	plainSecrets,
	valueOf,
} from './world.ts';

export type Kind = 'private-app' | 'staff-token' | 'oauth';

export async function startSandboxKit( world: SandboxWorld = strict ) {
	const fetch = createHttpFetch( { clock: systemClock } );
	const usual: Switches = {
		...strictSwitches(),
		// Every client here counts by itself on one pool; the throttle has tests of its own.
		requestsPerMinute: 5000,
		...world.switches,
	};
	// The throttle's minute is one second.
	const sandbox = await startBrightpearlSandbox( {
		clock: systemClock,
		speed: 60,
		switches: usual,
	} );
	const [ first ] = sandbox.ready.accounts;
	if ( ! first ) {
		throw new Error( 'the sandbox has no account' );
	}
	const account: SandboxAccount = first;
	const [ , other ] = sandbox.ready.accounts;
	/** Where it rotates, only the last one is good for a new client. */
	let { refreshToken } = account.oauth;

	/** An account that nothing else was asked of, by its private app. */
	const otherConfig = (): BrightpearlConfig =>
		brightpearlConfigSchema.parse( {
			account: other?.account,
			apiDomain: other?.apiDomain,
			sandbox: true,
			auth: {
				type: 'private-app',
				appRef: other?.privateApp.appRef,
				accountToken: other?.privateApp.accountToken,
			},
		} );

	function configOf( kind: Kind ): BrightpearlConfig {
		const { oauth, privateApp } = account;
		return brightpearlConfigSchema.parse( {
			account: account.account,
			apiDomain: account.apiDomain,
			oauthUrl: account.oauthUrl,
			sandbox: true,
			auth:
				kind === 'private-app'
					? {
							type: kind,
							appRef: privateApp.appRef,
							accountToken: privateApp.accountToken,
						}
					: kind === 'staff-token'
						? {
								type: kind,
								appRef: privateApp.appRef,
								staffToken: privateApp.staffToken,
							}
						: {
								type: kind,
								clientId: oauth.clientId,
								...( usual.oauthClient === 'public'
									? {}
									: { clientSecret: oauth.clientSecret } ),
								devRef: oauth.devRef,
								refreshToken,
							},
		} );
	}

	function connect(
		config: BrightpearlConfig,
		more: Partial< BrightpearlOptions > = {}
	) {
		const log = createLog();
		const parts = {
			clock: systemClock,
			random: systemRandom,
			logger: log.logger,
			fetch,
		};
		const tokens = createMemoryTokens();
		const { save } = tokens;
		tokens.save = async ( token ) => {
			( { refreshToken } = token );
			await save( token );
		};
		const client = createBrightpearl( {
			connection: 'main',
			config,
			world: parts,
			readSecret: plainSecrets,
			cache: createMemoryCache(),
			tokens,
			budgets: createBudgetRegistry( parts ),
			reserve: () => 0,
			...more,
		} );
		return { client, log: log.lines, tokens };
	}

	/** The control API, which is no part of Brightpearl. */
	async function control( path: string, body: unknown ): Promise< unknown > {
		const outcome = await fetch( {
			method: 'POST',
			url: `${ sandbox.url }/_sandbox/${ path }`,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify( body ),
			timeout: 5000,
		} );
		if ( ! outcome.ok || outcome.answer.status !== 200 ) {
			throw new Error( JSON.stringify( outcome ) );
		}
		const answered: unknown = JSON.parse( outcome.answer.body );
		return answered;
	}

	/** Requests the sandbox has counted so far. */
	async function requestsSoFar(): Promise< number > {
		const answer = await globalThis.fetch(
			`${ sandbox.url }/_sandbox/requests?since=999999999`
		);
		const { last } = ( await answer.json() ) as { last: number };
		return last;
	}

	/** Afterwards the world is as it was. */
	async function withSwitches(
		switches: Partial< Switches >,
		work: () => Promise< void >
	): Promise< void > {
		sandbox.setSwitches( switches );
		try {
			await work();
		} finally {
			sandbox.setSwitches( usual );
		}
	}

	return {
		account,
		configOf,
		connect,
		control,
		requestsSoFar,
		otherConfig,
		sandbox,
		usual,
		withSwitches,
		async close() {
			await sandbox.close();
			await fetch.close();
		},
	};
}

export type SandboxKit = Awaited< ReturnType< typeof startSandboxKit > >;

export async function catalogue(
	client: Brightpearl
): Promise< CachedProduct[] > {
	const all: CachedProduct[] = [];
	for await ( const page of client.productPages() ) {
		all.push( ...valueOf( page ) );
	}
	return all;
}

/** A tracked product that has stock in the warehouse. */
export async function sellable( client: Brightpearl, warehouseId: number ) {
	const products = ( await catalogue( client ) ).filter(
		( product ) => product.stockTracked && product.sku !== ''
	);
	const { byProduct } = valueOf(
		await client.availability( products.map( ( one ) => one.productId ) )
	);
	const found = products.find(
		( { productId } ) =>
			( byProduct.get( productId )?.warehouses.get( warehouseId )
				?.onHand ?? 0 ) >= 3
	);
	if ( ! found ) {
		throw new Error( 'nothing to sell' );
	}
	return found;
}

let orders = 0;
export async function newOrder(
	client: Brightpearl,
	productId: number
): Promise< SalesOrderBody > {
	orders += 1;
	const email = `guest-${ orders }@example.test`;
	const address = {
		addressLine1: '9 Harbour Row',
		addressLine3: 'Bristol',
		postalCode: 'BS1 6XN',
		countryIsoCode: 'GBR',
	};
	const addressId = valueOf( await client.createPostalAddress( address ) );
	const contactId = valueOf(
		await client.createContact( {
			firstName: 'Ines',
			lastName: 'Duarte',
			companyName: 'Harbour Ltd',
			email,
			phone: '+441170000001',
			addressId,
		} )
	);
	const { baseCurrency } = valueOf( await client.configuration() );
	const tax = valueOf( await client.taxCodes() ).find(
		( { rate } ) => Number( rate ) === 20
	);
	const full = { ...address, addressFullName: 'Ines Duarte', email };
	const instance = client.installationInstanceId();
	return {
		customer: { id: contactId, address: full },
		billing: { contactId, address: full },
		ref: `#${ orders }`,
		externalRef: `shop-${ orders }`,
		...( instance === null
			? {}
			: { installedIntegrationInstanceId: instance } ),
		placedOn: '2026-03-02T09:14:05.000+00:00',
		taxDate: '2026-03-02T00:00:00.000+00:00',
		warehouseId: 2,
		priceModeCode: 'INC',
		currency: { code: baseCurrency },
		delivery: { address: full },
		rows: [
			{
				productId,
				quantity: '2',
				taxCode: tax?.code ?? '',
				net: '33.33',
				tax: '6.67',
				externalRef: 'line-1',
				sequence: 10,
			},
			{
				name: 'Shipping: Standard',
				quantity: '1',
				taxCode: tax?.code ?? '',
				net: '4.17',
				tax: '0.83',
				externalRef: 'ship-1',
				sequence: 20,
			},
		],
	};
}
