/**
 * One call, alone or as a message of many: find its route, check its query, work.
 */
import { unknownQuery } from './call.ts';
import type { Call, Route } from './call.ts';
import { DOCUMENTED, notFound, problem } from './codes.ts';
import type { InnerAnswer, InnerRequest } from './multi-message.ts';
import { settleInvoices } from './order-close.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { createRouter } from './router.ts';

/** What the gateway itself answers carries this type (recorded on 401). */
export const GATEWAY = 'api-proxy';

export interface Performed extends InnerAnswer {
	readonly type: string;
}

/** What a batch's messages have in common. */
export type Surroundings = Omit< Call, 'params' | 'query' | 'body' >;

export type Perform = (
	request: InnerRequest,
	surroundings: Surroundings
) => Performed;

export const cannotFind = ( account: string, path: string ): Reply =>
	refuse(
		404,
		notFound( `Cannot find the resource /public-api/${ account }${ path }` )
	);

export function createPerform( routes: readonly Route[] ): Perform {
	const find = createRouter( routes );
	return ( { method, path, query, body }, surroundings ) => {
		const match = find( method, path );
		if ( ! match ) {
			return {
				reply: cannotFind( surroundings.account.code, path ),
				type: GATEWAY,
				endpoint: `${ method } ?`,
				defect: null,
			};
		}
		const { route, params } = match;
		settleInvoices(
			surroundings.account,
			surroundings.now,
			surroundings.switches.invoiceDelayMs
		);
		const call: Call = { ...surroundings, params, query, body };
		const done = (
			reply: Reply,
			defect: string | null = null
		): Performed => ( {
			reply,
			type: route.type,
			endpoint: `${ route.method } ${ route.path }`,
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
}
