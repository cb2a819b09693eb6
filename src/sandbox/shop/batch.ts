/**
 * Batches: at most 100 items, HTTP 200 with an `error` in each item that failed (recorded
 * in `products/batch.*`).
 */
import type { Reply, RestRequest } from './rest.ts';
import { intOf, isRecord, recordsOf, restError } from './rest.ts';
import { LIMIT } from './lists.ts';

type Input = Readonly< Record< string, unknown > >;

export interface BatchVerbs {
	readonly create: ( input: Input ) => Reply;
	readonly update: ( id: number, input: Input ) => Reply;
	readonly delete: ( id: number ) => Reply;
}

function itemError( id: number | null, reply: Reply ): unknown {
	const { code, message, data } = isRecord( reply.body ) ? reply.body : {};
	const error = { code, message, data };
	return id === null ? { error } : { id, error };
}

export function runBatch( request: RestRequest, verbs: BatchVerbs ): Reply {
	const creates = recordsOf( request.body[ 'create' ] );
	const updates = recordsOf( request.body[ 'update' ] );
	const gone = request.body[ 'delete' ];
	const deletes = Array.isArray( gone ) ? gone.map( intOf ) : [];
	if ( creates.length + updates.length + deletes.length > LIMIT ) {
		return restError(
			413,
			'woocommerce_rest_request_entity_too_large',
			`Unable to accept more than ${ LIMIT } items for this request.`
		);
	}
	const shownOf = ( id: number | null, reply: Reply ): unknown =>
		reply.isError ? itemError( id, reply ) : reply.body;
	const body = {
		...( creates.length > 0 && {
			create: creates.map( ( input ) =>
				shownOf( 0, verbs.create( input ) )
			),
		} ),
		...( updates.length > 0 && {
			update: updates.map( ( input ) => {
				const id = intOf( input[ 'id' ] );
				return shownOf(
					input[ 'id' ] === undefined ? null : id,
					verbs.update( id, input )
				);
			} ),
		} ),
		...( deletes.length > 0 && {
			delete: deletes.map( ( id ) => shownOf( id, verbs.delete( id ) ) ),
		} ),
	};
	return {
		status: 200,
		body: Object.keys( body ).length === 0 ? [] : body,
	};
}
