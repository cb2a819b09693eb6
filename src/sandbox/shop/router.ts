/**
 * Which handler answers, and the order of the checks: route (404), parameters (400),
 * credentials (401) (platform notes, "Further traps").
 */
import { pickFields } from './lists.ts';
import type { Reply, RestRequest } from './rest.ts';
import { isRecord, restError } from './rest.ts';

export type Right = 'list' | 'view' | 'create' | 'edit' | 'delete' | 'batch';

export interface Route {
	readonly methods: readonly string[];
	/** `/orders/:id/refunds/:sub`; a name stands for digits. */
	readonly path: string;
	/** Null = open to everybody. */
	readonly right: Right | null;
	readonly check?: ( request: RestRequest ) => Reply | null;
	readonly handle: ( request: RestRequest ) => Reply;
}

export const READ = [ 'GET' ];
export const MAKE = [ 'POST' ];
export const CHANGE = [ 'POST', 'PUT', 'PATCH' ];
export const REMOVE = [ 'DELETE' ];

const REFUSALS: Readonly< Record< Right, readonly [ string, string ] > > = {
	list: [ 'cannot_view', 'Sorry, you cannot list resources.' ],
	view: [ 'cannot_view', 'Sorry, you cannot view this resource.' ],
	create: [
		'cannot_create',
		'Sorry, you are not allowed to create resources.',
	],
	edit: [
		'cannot_edit',
		'Sorry, you are not allowed to edit this resource.',
	],
	delete: [
		'cannot_delete',
		'Sorry, you are not allowed to delete this resource.',
	],
	batch: [
		'cannot_batch',
		'Sorry, you are not allowed to batch manipulate this resource.',
	],
};

export function noRoute(): Reply {
	return restError(
		404,
		'rest_no_route',
		'No route was found matching the URL and request method.'
	);
}

interface Compiled {
	readonly pattern: RegExp;
	readonly routes: Route[];
	readonly allow: string;
}

/** `path` is what follows `/wp-json/wc/v3`. */
export type Router = (
	method: string,
	path: string,
	request: Omit< RestRequest, 'path' >,
	isKnown: boolean
) => Reply;

export function createRouter( routes: readonly Route[] ): Router {
	const byPath = new Map< string, Route[] >();
	for ( const route of routes ) {
		byPath.set( route.path, [
			...( byPath.get( route.path ) ?? [] ),
			route,
		] );
	}
	const compiled: Compiled[] = [ ...byPath ].map( ( [ path, entries ] ) => ( {
		pattern: new RegExp(
			`^${ path.replace( /:(\w+)/g, '(?<$1>\\d+)' ) }/?$`
		),
		routes: entries,
		allow: [ 'GET', 'POST', 'PUT', 'PATCH', 'DELETE' ]
			.filter( ( method ) =>
				entries.some( ( { methods } ) => methods.includes( method ) )
			)
			.join( ', ' ),
	} ) );
	return ( method, path, request, isKnown ) => {
		const verb = method === 'HEAD' ? 'GET' : method;
		for ( const { pattern, routes: entries, allow } of compiled ) {
			const match = pattern.exec( path );
			const route = entries.find( ( { methods } ) =>
				methods.includes( verb )
			);
			if ( ! match || ! route ) {
				continue;
			}
			const full: RestRequest = {
				...request,
				path: Object.fromEntries(
					Object.entries( match.groups ?? {} ).map(
						( [ name, digits ] ) => [ name, Number( digits ) ]
					)
				),
			};
			const reply = answer( route, full, isKnown );
			return reply.status === 401
				? reply
				: { ...reply, headers: { allow, ...reply.headers } };
		}
		return noRoute();
	};
}

function answer( route: Route, request: RestRequest, isKnown: boolean ): Reply {
	const invalid = route.check?.( request ) ?? null;
	if ( invalid ) {
		return invalid;
	}
	if ( route.right !== null && ! isKnown ) {
		const [ code, message ] = REFUSALS[ route.right ];
		return restError( 401, `woocommerce_rest_${ code }`, message );
	}
	return cut( route.handle( request ), request.query[ '_fields' ] );
}

/** `_fields` leaves errors alone, and a single record keeps its links (recorded). */
export function cut( reply: Reply, text: string | null | undefined ): Reply {
	if ( text == null || reply.isError ) {
		return reply;
	}
	const fields = text.split( ',' );
	const body = pickFields( reply.body, fields );
	const { body: whole } = reply;
	if ( isRecord( whole ) && isRecord( body ) && whole[ '_links' ] ) {
		return { ...reply, body: { ...body, _links: whole[ '_links' ] } };
	}
	return {
		...reply,
		// Measured: a batch cut to `id` shows neither successes nor errors.
		body: isRecord( body ) && Object.keys( body ).length === 0 ? [] : body,
	};
}
