/**
 * What a handler is given, and how routes are declared. Handlers are synchronous: each call is
 * one indivisible change, as a transaction is there.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from './account.ts';
import { INVENTED, problem } from './codes.ts';
import { parseIdSet } from './id-set.ts';
import { bad, good, refuse } from './reply.ts';
import type { Checked, Reply } from './reply.ts';
import type { Switches } from './switches.ts';

export interface Call {
	readonly account: Account;
	readonly params: Readonly< Record< string, string > >;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	/** Undefined = no JSON was sent. */
	readonly body: unknown;
	readonly now: number;
	/** The installation instance an OAuth token belongs to. */
	readonly instanceId: number | null;
	readonly switches: Switches;
}

export type Handler = ( call: Call ) => Reply;

export interface Route {
	readonly method: string;
	/** `/order-service/order/{ids}`; a `?` marks a last part that may be missing. */
	readonly path: string;
	/** `Message-Type` of the answer; not a stable contract (platform reference, §3). */
	readonly type: string;
	readonly handle: Handler;
	/** Query names it knows; `null` = it checks them itself (searches). */
	readonly query: readonly string[] | null;
}

const OPTIONAL_SECTIONS = [ 'includeOptional', 'excludeOptional' ];

export const route = (
	method: string,
	path: string,
	type: string,
	handle: Handler,
	query: readonly string[] | null = method === 'GET' ? OPTIONAL_SECTIONS : []
): Route => ( { method, path, type, handle, query } );

/** The ids a path names; null = the part was left out. */
export function idsOf(
	call: Call,
	name = 'ids',
	limit = call.switches.idLimit
): Checked< readonly number[] | null > {
	const text = call.params[ name ];
	if ( text === undefined ) {
		return good( null );
	}
	const set = parseIdSet(
		text,
		limit,
		call.switches.descendingIds === 'refuse'
	);
	return set.ok
		? good( set.ids )
		: bad(
				refuse(
					set.tooLarge ? call.switches.largeIdSets : 400,
					set.problem
				)
			);
}

const ID = /^[1-9]\d{0,14}$/;

/** One id of a path; 0 (which nothing has) when it is none. */
export const idOf = ( call: Call, name = 'id' ): number => {
	const text = call.params[ name ] ?? '';
	return ID.test( text ) ? Number( text ) : 0;
};

/** What the server does with a parameter it does not know is not known: refused. */
export function unknownQuery(
	call: Call,
	known: readonly string[]
): Reply | null {
	const unknown = [ ...call.query.keys() ].filter(
		( name ) => ! known.includes( name )
	);
	return unknown.length === 0 || call.switches.unknownParameters === 'ignore'
		? null
		: refuse(
				400,
				...unknown.map( ( name ) =>
					problem(
						INVENTED.searchParameter,
						`The parameter ${ name } is not known here`
					)
				)
			);
}
