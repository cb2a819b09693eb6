/**
 * The shop sandbox: the parts of WooCommerce REST v3 and its webhooks that the flows use,
 * behaving as measured (platform notes on WooCommerce, parts 1 and 2), for the demo and for
 * every end-to-end test.
 */
import type { Clock } from '../../contracts/world.ts';
import { listen } from '../http-kit.ts';
import { changeSettings, createControl } from './control.ts';
import type { SellResult } from './control.ts';
import { createDeliveries } from './deliveries.ts';
import { createFaults, faultSchema } from './faults.ts';
import type { Fault } from './faults.ts';
import type { ShopEvent, ShopSettings } from './model.ts';
import type { ApiKey } from './oauth.ts';
import { createAuthenticate } from './oauth.ts';
import { ordersRoutes } from './orders-routes.ts';
import { productsRoutes } from './products-routes.ts';
import { createSeededRandom, seededHex } from './random.ts';
import { createRequestLog } from './request-log.ts';
import type { LoggedRequest } from './request-log.ts';
import { createRouter } from './router.ts';
import { stockShelves } from './seed.ts';
import { createHandler } from './server.ts';
import { createShop } from './shop.ts';
import { setupRoutes } from './setup-routes.ts';
import { siteRoutes } from './site-routes.ts';
import { createSaver, readState, restore } from './state.ts';
import type { Saver } from './state.ts';
import { webhooksRoutes } from './webhooks-routes.ts';
import type { SellOptions } from './wish.ts';

export type { SellResult } from './control.ts';
export type { Fault, FaultKind } from './faults.ts';
export type { ShopEvent, ShopSettings } from './model.ts';
export type { LoggedRequest } from './request-log.ts';
export type { SellOptions } from './wish.ts';

export interface ShopSandboxOptions {
	/** 0 or absent: the one of the saved state when it is free, else any. */
	readonly port?: number;
	readonly host?: '127.0.0.1';
	/** Keys, people and baskets follow from it (1). */
	readonly seed?: number;
	/** How many times faster webhooks are delivered (1). */
	readonly speed?: number;
	/** Null = only in memory. */
	readonly stateFile?: string | null;
	readonly clock: Clock;
	readonly onEvent?: ( event: ShopEvent ) => void;
}

export interface ShopReady {
	readonly url: string;
	readonly consumerKey: string;
	readonly consumerSecret: string;
	/** What a webhook made without a secret of its own is signed with. */
	readonly webhookSecret: string;
	/** A second key that may only read. */
	readonly readOnly: {
		readonly consumerKey: string;
		readonly consumerSecret: string;
	};
}

export interface ShopSandbox {
	readonly url: string;
	readonly ready: ShopReady;
	/** Places orders as the checkout would. */
	sell( options?: SellOptions ): SellResult;
	settings( change?: Partial< ShopSettings > ): ShopSettings;
	fault( fault: Partial< Fault > & Pick< Fault, 'kind' > ): void;
	clearFaults(): void;
	/** What the shop was asked, oldest first. */
	requests( after?: number ): LoggedRequest[];
	/** Webhook deliveries that wait or are on their way. */
	readonly deliveriesWaiting: number;
	close(): Promise< void >;
}

function keyOf( seed: number, name: string, canWrite: boolean ): ApiKey {
	return {
		consumerKey: `ck_${ seededHex( seed, `${ name } key` ) }`,
		consumerSecret: `cs_${ seededHex( seed, `${ name } secret` ) }`,
		canWrite,
	};
}

export async function startShopSandbox(
	options: ShopSandboxOptions
): Promise< ShopSandbox > {
	const host = options.host ?? '127.0.0.1';
	const stateFile = options.stateFile ?? null;
	const state = stateFile === null ? null : readState( stateFile );
	const seed = options.seed ?? state?.seed ?? 1;
	const shop = createShop( seed, options.clock );
	if ( state ) {
		restore( shop, state );
	} else {
		stockShelves( shop );
	}
	const mayDo = keyOf( seed, 'read and write', true );
	const mayRead = keyOf( seed, 'read only', false );
	const webhookSecret = `whsec_${ seededHex( seed, 'webhooks' ) }`;
	const faults = createFaults( createSeededRandom( seed + 1 ) );
	const log = createRequestLog();
	const deliveries = createDeliveries( shop, options.speed ?? 1 );
	const control = createControl( shop, { deliveries, faults, log } );
	shop.fire = ( topic, id ) => deliveries.fire( topic, id );
	shop.emit = ( event ) => options.onEvent?.( event );

	const handler = createHandler( {
		shop,
		router: createRouter( [
			...ordersRoutes( shop ),
			...productsRoutes( shop ),
			...webhooksRoutes( shop, webhookSecret, ( webhook ) =>
				deliveries.ping( webhook )
			),
			...setupRoutes( shop ),
			...siteRoutes( shop ),
		] ),
		authenticate: createAuthenticate( [ mayDo, mayRead ], options.clock ),
		control,
		faults,
		log,
	} );
	const wanted = options.port ?? 0;
	const last = wanted === 0 ? ( state?.port ?? 0 ) : wanted;
	const listening = await listen( handler, last, host ).catch(
		( error: unknown ) => {
			if ( last === wanted ) {
				throw error;
			}
			return listen( handler, 0, host );
		}
	);
	shop.home = `http://${ host }:${ listening.port }`;
	let saver: Saver | null = null;
	if ( stateFile !== null ) {
		saver = createSaver( shop, listening.port, stateFile, ( error ) => {
			process.stderr.write(
				`shop sandbox: cannot save ${ stateFile }: ${ String( error ) }\n`
			);
		} );
		shop.touch = () => saver?.touch();
		shop.touch();
	}
	let closing: Promise< void > | null = null;
	const close = async (): Promise< void > => {
		await deliveries.stop();
		await listening.close();
		await saver?.close();
	};
	return {
		url: shop.home,
		ready: {
			url: shop.home,
			consumerKey: mayDo.consumerKey,
			consumerSecret: mayDo.consumerSecret,
			webhookSecret,
			readOnly: {
				consumerKey: mayRead.consumerKey,
				consumerSecret: mayRead.consumerSecret,
			},
		},
		sell: ( wish = {} ) => control.sell( wish ),
		settings: ( change = {} ) => changeSettings( shop, change ),
		fault: ( fault ) => faults.add( faultSchema.parse( fault ) ),
		clearFaults: () => faults.clear(),
		requests: ( after ) => log.list( after ),
		get deliveriesWaiting() {
			return deliveries.waiting;
		},
		close: () => ( closing ??= close() ),
	};
}
