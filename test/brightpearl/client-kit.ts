/**
 * A client over a scripted Brightpearl: routes are functions of the request.
 */
import {
	createBrightpearl,
	type BrightpearlOptions,
} from '../../src/brightpearl/client.ts';
import { createBudgetRegistry } from '../../src/brightpearl/budget/pools.ts';
import {
	brightpearlConfigSchema,
	type BrightpearlConfig,
} from '../../src/contracts/connection.ts';
import type { SecretReader } from '../../src/contracts/database.ts';
import type { HttpOutcome, HttpRequest } from '../../src/contracts/world.ts';
import {
	answer,
	createMemoryCache,
	createMemoryTokens,
	createVirtualClock,
	createWorld,
	plainSecrets,
	settled,
	type VirtualClock,
} from './world.ts';

export const PRIVATE_APP = brightpearlConfigSchema.parse( {
	account: 'acmeshop',
	apiDomain: 'euw1.brightpearlconnect.com',
	auth: {
		type: 'private-app',
		appRef: 'acmeshop_woo',
		accountToken: 'ACCOUNT-TOKEN-1234',
	},
} );

export const CONFIGURATION_ANSWER = {
	configuration: {
		baseCurrencyCode: 'GBP',
		defaultCurrencyCode: '1',
		taxSchemeCode: 'VAT',
		timeZone: 'Europe/London',
		newSalesOrderStatusId: '2',
		cancelledOrderStatusId: '5',
		salesNominalCode: '4000',
		shippingNominalCode: '4040',
	},
};

export interface Asked {
	readonly method: string;
	/** Without `/public-api/{account}`. */
	readonly path: string;
	readonly query: Readonly< Record< string, string > >;
	readonly body: unknown;
	readonly request: HttpRequest;
}

/** `{response: …}` of a value; an outcome as it is; undefined falls to the defaults. */
export type Handler = ( asked: Asked ) => unknown;

const isOutcome = ( value: unknown ): value is HttpOutcome =>
	typeof value === 'object' &&
	value !== null &&
	'ok' in value &&
	typeof value.ok === 'boolean';

/** Milliseconds reads and writes wait for company; longer waits are a test's own to pass. */
const COMPANY = 60;

/** Short waits pass by themselves. */
const brisk = ( clock: VirtualClock ): VirtualClock => ( {
	...clock,
	async sleep( ms, signal ) {
		if ( ms > COMPANY ) {
			return clock.sleep( ms, signal );
		}
		await settled();
		if ( signal?.aborted !== true ) {
			await clock.runTo( clock.now() + ms );
		}
	},
} );

export function createKit(
	handler: Handler,
	options: {
		readonly config?: BrightpearlConfig;
		readonly readSecret?: SecretReader;
		readonly tokens?: ReturnType< typeof createMemoryTokens >;
		readonly cache?: ReturnType< typeof createMemoryCache >;
		readonly headers?: Record< string, string >;
		/** What else the client is made of. */
		readonly parts?: Partial< BrightpearlOptions >;
	} = {}
) {
	const asked: Asked[] = [];
	const clock = createVirtualClock();
	const world = createWorld( {
		clock: brisk( clock ),
		async fetch( request ) {
			const url = new URL( request.url );
			const one: Asked = {
				method: request.method,
				path: url.pathname.replace( '/public-api/acmeshop', '' ),
				query: Object.fromEntries( url.searchParams ),
				body: request.body?.startsWith( '{' )
					? JSON.parse( request.body )
					: request.body,
				request,
			};
			asked.push( one );
			const value = await handler( one );
			if ( isOutcome( value ) ) {
				return value;
			}
			if ( value !== undefined ) {
				return answer( 200, { response: value }, options.headers );
			}
			if ( one.path.endsWith( '/account-configuration' ) ) {
				return answer(
					200,
					{ response: CONFIGURATION_ANSWER },
					options.headers
				);
			}
			throw new Error( `nothing answers ${ one.method } ${ one.path }` );
		},
	} );
	const cache = options.cache ?? createMemoryCache();
	const budgets = createBudgetRegistry( world );
	const client = createBrightpearl( {
		connection: 'main',
		config: options.config ?? PRIVATE_APP,
		world,
		readSecret: options.readSecret ?? plainSecrets,
		cache,
		tokens: options.tokens ?? createMemoryTokens(),
		budgets,
		reserve: () => 0,
		...options.parts,
	} );
	return { asked, budgets, cache, client, clock, world };
}

/** A search answer as recorded: rows by position, columns by name. */
export function searchAnswer(
	columns: readonly string[],
	rows: readonly ( readonly unknown[] )[],
	page: {
		readonly first?: number;
		readonly more?: boolean;
		readonly available?: number;
	} = {}
) {
	const first = page.first ?? 1;
	return {
		results: rows,
		metaData: {
			...( page.more === undefined
				? {}
				: { morePagesAvailable: page.more } ),
			resultsAvailable: page.available ?? rows.length,
			resultsReturned: rows.length,
			...( rows.length > 0
				? { firstResult: first, lastResult: first + rows.length - 1 }
				: {} ),
			columns: columns.map( ( name ) => ( {
				name,
				sortable: true,
				filterable: true,
				reportDataType: 'STRING',
				referenceData: [],
				isFreeTextSearchable: false,
				required: false,
			} ) ),
			sorting: [],
		},
	};
}
