/**
 * The public API: count, let in, find the route, work, answer (platform reference, §3, §4, §9).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { accountingRoutes } from './accounting.ts';
import { addressRoutes } from './addresses.ts';
import { authenticate, poolOf } from './auth.ts';
import { unknownQuery } from './call.ts';
import type { Route } from './call.ts';
import { DOCUMENTED, notFound, problem } from './codes.ts';
import { contactSearchRoutes } from './contact-search.ts';
import { contactRoutes } from './contacts.ts';
import type { Fault } from './faults.ts';
import { goodsOutRoutes } from './goods-out-routes.ts';
import { orderRowRoutes } from './order-row-edits.ts';
import { orderSearchRoutes } from './order-search.ts';
import { orderStatusRoutes } from './order-status.ts';
import { orderRoutes } from './orders.ts';
import { paymentRoutes } from './payments.ts';
import { productRoutes } from './products.ts';
import { referenceRoutes } from './reference-data.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { reservationRoutes } from './reservations.ts';
import { createRouter } from './router.ts';
import type { Sandbox, Tenant } from './sandbox.ts';
import type { Throttle } from './throttle.ts';
import { correctionRoutes } from './stock-corrections.ts';
import { warehouseRoutes } from './warehouse.ts';

export const ROUTES: readonly Route[] = [
	...orderRoutes,
	...orderStatusRoutes,
	...orderRowRoutes,
	...orderSearchRoutes,
	...contactRoutes,
	...contactSearchRoutes,
	...addressRoutes,
	...productRoutes,
	...referenceRoutes,
	...warehouseRoutes,
	...correctionRoutes,
	...reservationRoutes,
	...goodsOutRoutes,
	...paymentRoutes,
	...accountingRoutes,
];

export interface ApiRequest {
	readonly method: string;
	/** `acmeshop` of `/public-api/acmeshop/order-service/order/1`. */
	readonly account: string;
	/** `/order-service/order/1` */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** A fault that stands in for the work. */
	readonly fault: Fault | null;
}

export interface ApiAnswer {
	readonly reply: Reply;
	readonly headers: Readonly< Record< string, string > >;
	readonly pool: string;
	/** `GET /order-service/order/{ids}`, for the counters. */
	readonly endpoint: string;
	readonly defect: string | null;
}

const TOO_MANY: Reply = {
	status: 503,
	body: {
		response:
			'You have sent too many requests. Please wait before sending another request',
	},
};

/** What the gateway itself answers carries this type (recorded on 401). */
const GATEWAY = 'api-proxy';

interface Worked {
	readonly reply: Reply;
	readonly type: string;
	readonly endpoint: string;
	readonly instanceId: number | null;
	readonly defect: string | null;
}

const faultReply = ( fault: Fault ): Reply | null => {
	switch ( fault.kind ) {
		case 'throttled':
			return TOO_MANY;
		case 'unavailable':
			return { status: 503, body: { response: 'Service unavailable' } };
		case 'error':
			return refuse(
				500,
				problem( DOCUMENTED.unexpected, 'Internal Server Error' )
			);
		case 'lost-answer':
		case 'slow':
		case 'cut':
			return null;
	}
};

/** Undefined = no JSON. */
function parseBody( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return undefined;
	}
}

export type Api = ( request: ApiRequest ) => ApiAnswer;

export function createApi( sandbox: Sandbox, throttle: Throttle ): Api {
	const find = createRouter( ROUTES );

	const work = (
		request: ApiRequest,
		tenant: Tenant,
		now: number
	): Worked => {
		const { account, credentials } = tenant;
		const switches = sandbox.switches();
		const unrouted = ( reply: Reply, type = GATEWAY ): Worked => ( {
			reply,
			type,
			endpoint: `${ request.method } ?`,
			instanceId: null,
			defect: null,
		} );
		const caller = authenticate(
			request.headers,
			account,
			credentials,
			switches,
			now
		);
		if ( ! caller.ok ) {
			return unrouted( {
				status: 401,
				body: { response: caller.message },
			} );
		}
		const match = find( request.method, request.path );
		if ( ! match ) {
			return unrouted(
				refuse(
					404,
					notFound(
						`Cannot find the resource /public-api/${ request.account }${ request.path }`
					)
				)
			);
		}
		const { route, params } = match;
		const call = {
			account,
			params,
			query: request.query,
			body: parseBody( request.body ),
			now,
			instanceId: caller.instanceId,
			switches,
		};
		const done = (
			reply: Reply,
			defect: string | null = null
		): Worked => ( {
			reply,
			type: route.type,
			endpoint: `${ route.method } ${ route.path }`,
			instanceId: caller.instanceId,
			defect,
		} );
		const refused =
			route.query === null ? null : unknownQuery( call, route.query );
		if ( refused ) {
			return done( refused );
		}
		try {
			return done( route.handle( call ) );
		} catch ( error ) {
			// A defect of the sandbox: told as the server would, and kept in the log.
			return done(
				refuse(
					500,
					problem( DOCUMENTED.unexpected, 'Internal Server Error' )
				),
				error instanceof Error
					? ( error.stack ?? error.message )
					: String( error )
			);
		}
	};

	return ( request ) => {
		const now = sandbox.now();
		const switches = sandbox.switches();
		const tenant = sandbox.tenants.get( request.account );
		const pool = tenant
			? poolOf( request.headers, request.account, tenant.credentials )
			: 'unknown account';
		const allowance = throttle.take( pool, now, {
			cap: switches.requestsPerMinute,
			mode: switches.throttle,
		} );
		const byGateway = ( reply: Reply ): Worked => ( {
			reply,
			type: GATEWAY,
			endpoint: `${ request.method } ?`,
			instanceId: null,
			defect: null,
		} );
		const staged = request.fault ? faultReply( request.fault ) : null;
		let worked: Worked;
		if ( ! allowance.allowed ) {
			worked = byGateway( TOO_MANY );
		} else if ( ! tenant ) {
			worked = byGateway(
				refuse(
					404,
					notFound(
						`Cannot find the resource /public-api/${ request.account }${ request.path }`
					)
				)
			);
		} else if ( staged && request.fault?.committed !== true ) {
			worked = byGateway( staged );
		} else {
			worked = work( request, tenant, now );
			worked = staged ? { ...worked, reply: staged } : worked;
		}
		const throttled = worked.reply === TOO_MANY;
		return {
			reply: worked.reply,
			pool,
			endpoint: worked.endpoint,
			defect: worked.defect,
			headers: {
				'message-type': worked.type,
				'brightpearl-requests-remaining': String(
					throttled ? 0 : allowance.remaining
				),
				'brightpearl-next-throttle-period': String( allowance.period ),
				...( worked.instanceId === null || worked.reply.status === 401
					? {}
					: {
							'brightpearl-installed-integration-instance-id':
								String( worked.instanceId ),
						} ),
			},
		};
	};
}
