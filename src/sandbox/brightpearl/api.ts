/**
 * The public API: count, let in, find the route, work, answer (platform reference, §3, §4, §9).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { accountingPeriodRoutes } from './accounting-periods.ts';
import { accountingRoutes } from './accounting.ts';
import { exchangeRateRoutes } from './exchange-rates.ts';
import { invoiceRoutes } from './invoices.ts';
import { journalRoutes } from './journals.ts';
import { addressRoutes } from './addresses.ts';
import { catalogueListRoutes } from './catalogue-lists.ts';
import { priceRoutes } from './prices.ts';
import { availabilityRoutes } from './availability.ts';
import { authenticate, poolOf } from './auth.ts';
import type { Route } from './call.ts';
import { DOCUMENTED, problem } from './codes.ts';
import { contactAddressRoutes } from './contact-addresses.ts';
import { contactFieldRoutes } from './contact-details.ts';
import { contactListRoutes } from './contact-lists.ts';
import { contactSearchRoutes } from './contact-search.ts';
import { contactRoutes } from './contacts.ts';
import type { Fault } from './faults.ts';
import { forbiddenReply } from './forbidden.ts';
import { dropShipRoutes } from './drop-ship.ts';
import { fulfilmentRoutes } from './fulfilment.ts';
import { goodsInRoutes } from './goods-in.ts';
import { locationRoutes } from './locations.ts';
import { movementRoutes } from './movements.ts';
import { goodsOutRoutes } from './goods-out-routes.ts';
import { MULTI_MESSAGE, runBatch } from './multi-message.ts';
import type { BatchAnswer } from './multi-message.ts';
import { orderCustomFieldRoutes } from './order-custom-fields.ts';
import { orderNoteRoutes } from './order-notes.ts';
import { orderRowRoutes } from './order-row-edits.ts';
import { orderSearchRoutes } from './order-search.ts';
import { orderStatusRoutes } from './order-status.ts';
import { orderTypeRoutes } from './order-types.ts';
import { orderRoutes } from './orders.ts';
import { paymentRoutes } from './payments.ts';
import { cannotFind, createPerform, GATEWAY } from './perform.ts';
import { productRoutes } from './products.ts';
import { referenceRoutes } from './reference-data.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { reservationRoutes } from './reservations.ts';
import type { Sandbox, Tenant } from './sandbox.ts';
import type { Throttle } from './throttle.ts';
import { salesOrderRoutes } from './sales-orders.ts';
import { correctionRoutes } from './stock-corrections.ts';
import { warehouseRoutes } from './warehouse.ts';
import { webhookRoutes } from './webhooks.ts';

export const ROUTES: readonly Route[] = [
	...orderRoutes,
	...salesOrderRoutes,
	...orderTypeRoutes,
	...orderNoteRoutes,
	...orderCustomFieldRoutes,
	...orderStatusRoutes,
	...orderRowRoutes,
	...orderSearchRoutes,
	...contactRoutes,
	...contactSearchRoutes,
	...contactFieldRoutes,
	...contactListRoutes,
	...contactAddressRoutes,
	...addressRoutes,
	...productRoutes,
	...priceRoutes,
	...catalogueListRoutes,
	...referenceRoutes,
	...warehouseRoutes,
	...availabilityRoutes,
	...locationRoutes,
	...movementRoutes,
	...fulfilmentRoutes,
	...dropShipRoutes,
	...goodsInRoutes,
	...correctionRoutes,
	...reservationRoutes,
	...goodsOutRoutes,
	...paymentRoutes,
	...accountingRoutes,
	...accountingPeriodRoutes,
	...exchangeRateRoutes,
	...journalRoutes,
	...invoiceRoutes,
	...webhookRoutes,
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
	/** Of a multi-message only. */
	readonly batch: Batch | null;
}

type Batch = Omit< BatchAnswer, 'reply' | 'defect' >;

const TOO_MANY: Reply = {
	status: 503,
	body: {
		response:
			'You have sent too many requests. Please wait before sending another request',
	},
};

interface Worked {
	readonly reply: Reply;
	readonly type: string;
	readonly endpoint: string;
	readonly instanceId: number | null;
	readonly defect: string | null;
	readonly batch?: Batch;
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
		// Never executed, and never sent.
		case 'lost-request':
			return { status: 503, body: {} };
		case 'lost-answer':
		case 'slow':
		case 'cut':
			return null;
	}
};

const MULTI = new RegExp( `^${ MULTI_MESSAGE }/?$` );

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
	const perform = createPerform( ROUTES );

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
		const forbidden = forbiddenReply( switches );
		if ( forbidden ) {
			return unrouted( forbidden );
		}
		const { instanceId } = caller;
		const surroundings = { account, now, instanceId, switches };
		const body = parseBody( request.body );
		if ( request.method === 'POST' && MULTI.test( request.path ) ) {
			const { reply, defect, ...batch } = runBatch( body, {
				switches,
				// The batch's own headers (If-Match) are not those of a message.
				dispatch: ( inner ) =>
					perform( inner, { ...surroundings, headers: {} } ),
				staged: faultReply,
				pick: ( { method, path } ) =>
					sandbox.faults.pick( {
						method,
						path: `/public-api/${ request.account }${ path }`,
						account: request.account,
						batched: true,
					} ),
			} );
			return {
				reply,
				defect,
				batch,
				type: 'multi-message',
				endpoint: `POST ${ MULTI_MESSAGE }`,
				instanceId,
			};
		}
		const { method, path, query, headers } = request;
		return {
			...perform(
				{ method, path, query, body },
				{ ...surroundings, headers }
			),
			instanceId,
		};
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
			worked = byGateway( cannotFind( request.account, request.path ) );
		} else if ( staged && request.fault?.committed !== true ) {
			worked = byGateway( staged );
		} else {
			worked = work( request, tenant, now );
			worked = staged ? { ...worked, reply: staged } : worked;
		}
		const throttled = worked.reply === TOO_MANY;
		return {
			reply: throttled
				? { ...worked.reply, status: switches.throttledStatus }
				: worked.reply,
			pool,
			endpoint: worked.endpoint,
			defect: worked.defect,
			batch: worked.batch ?? null,
			headers: {
				'message-type': worked.type,
				'brightpearl-requests-remaining': String(
					throttled ? 0 : allowance.remaining
				),
				'brightpearl-next-throttle-period': String( allowance.period ),
				...( throttled && switches.throttledStatus === 429
					? {
							'retry-after': String(
								Math.ceil( allowance.period / 1000 )
							),
						}
					: {} ),
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
