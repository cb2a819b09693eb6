/**
 * What a write concerns: two writes about one thing keep their order and are never sent side by
 * side.
 */
import type { Call } from '../transport/call.ts';
import { isObject } from '../transport/reply-body.ts';

const ORDER = /\/(?:order|sales-order|sales-credit)\/(\d+)(?:\/|$)/;
/** Up to the first id: `/warehouse-service/goods-note/goods-out/5` of its event too. */
const RESOURCE = /^.*?\/\d+(?=\/|$)/;

/** Null = nothing that exists already. */
export function concernOf( { body, key, path }: Call ): string | null {
	if ( key !== undefined ) {
		return key;
	}
	const inPath = ORDER.exec( path )?.[ 1 ];
	if ( inPath !== undefined ) {
		return `order:${ inPath }`;
	}
	const { orderId, externalRef } = isObject( body ) ? body : {};
	if ( typeof orderId === 'number' ) {
		return `order:${ orderId }`;
	}
	// The same order made twice: the second must find what the first one made.
	if ( typeof externalRef === 'string' && externalRef !== '' ) {
		return `${ path } ${ externalRef }`;
	}
	return RESOURCE.exec( path )?.[ 0 ] ?? null;
}
