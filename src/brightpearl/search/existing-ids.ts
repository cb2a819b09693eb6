/**
 * `OPTIONS /{resource}/{ids}` names the existing ones only, packed in the fewest URIs (platform
 * reference, §1.4). Documented examples span unused ids where recorded ones cut gaps out: what
 * was not asked for is left out.
 */
import { z } from 'zod';
import { fail, hold, ok, type Result } from '../../contracts/result.ts';
import type { Call } from '../transport/call.ts';
import { decode } from '../answers/decode.ts';
import { formatIdSet, parseIdSet } from './id-set.ts';
import type { Link } from '../services/link.ts';
import { packIds } from './packing.ts';

const urisSchema = z.object( { getUris: z.array( z.string() ) } );

/** The last part of `/order/1-2,5` or `/product/7`; further parts of two-level sets follow a name. */
const SET = /\/([\d,.-]+)(?:\/|$)/;

/** `resource` is `/{service}-service/{resource}`. */
export async function existingIds(
	{ ask, prefix }: Pick< Link, 'ask' | 'prefix' >,
	resource: string,
	ids: readonly number[]
): Promise< Result< readonly number[] > > {
	const found = new Set< number >();
	for ( const set of packIds( ids, `${ prefix }${ resource }/`.length ) ) {
		const call: Call = {
			method: 'OPTIONS',
			path: `${ resource }/${ formatIdSet( set ) }`,
			none: 'record',
		};
		const sent = await ask( call );
		if ( sent.kind === 'failed' ) {
			return fail( sent.failure );
		}
		if ( sent.kind === 'none' ) {
			continue;
		}
		const uris = decode(
			urisSchema,
			sent.body[ 'response' ],
			call,
			sent.ruid
		);
		if ( ! uris.ok ) {
			return uris;
		}
		const wanted = new Set( set );
		for ( const uri of uris.value.getUris ) {
			const told = parseIdSet( SET.exec( uri )?.[ 1 ] ?? '' );
			if ( told === null ) {
				return hold(
					{
						code: 'defect',
						message: `Brightpearl's answer to OPTIONS ${ call.path } names "${ uri }", which is no set of ids (request id ${ sent.ruid ?? 'unknown' }).`,
						cause: 'Brightpearl changed its answers.',
						fix: 'Retry; if it stays, report it with the request id.',
						field: null,
					},
					sent.ruid
				);
			}
			for ( const id of told ) {
				if ( wanted.has( id ) ) {
					found.add( id );
				}
			}
		}
	}
	return ok( [ ...found ].sort( ( a, b ) => a - b ) );
}
