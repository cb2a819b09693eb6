/**
 * OPTIONS: which of these ids exist, packed into addresses of at most 200 (platform reference, §1.4).
 */
import type { Call } from './call.ts';
import { DOCUMENTED, problem } from './codes.ts';
import { packIds, parseRanges } from './id-set.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';

/** `ids` ascends; without a set in the path it is all of them. */
export function existing(
	call: Call,
	path: string,
	ids: readonly number[]
): Reply {
	const text = call.params.ids;
	const ranges = text === undefined ? [] : parseRanges( text );
	if ( ! ranges ) {
		return refuse(
			400,
			problem(
				DOCUMENTED.idSet,
				`The ID set cannot be read: ${ text ?? '' }`
			)
		);
	}
	const found =
		text === undefined
			? ids
			: ids.filter( ( id ) =>
					ranges.some( ( [ from, to ] ) => id >= from && id <= to )
				);
	return answer( {
		getUris: packIds( found, call.switches.idLimit ).map(
			( set ) => `${ path }/${ set }`
		),
	} );
}
