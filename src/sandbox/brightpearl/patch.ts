/**
 * JSON Patch over a whitelist of paths (resources reference, §1.7, §2.4). All or nothing: the
 * caller works on a copy. An operation that a path does not allow is a recorded 500.
 */
import { z } from 'zod';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';

export interface PatchTarget {
	readonly path: string;
	readonly operations: readonly string[];
	readonly read: () => unknown;
	/** Undefined = removed; false = the value is refused. */
	readonly write: ( value: unknown ) => boolean;
}

const patchSchema = z.array(
	z.strictObject( {
		op: z.string(),
		path: z.string(),
		/** Of `move` and `copy`. */
		from: z.string().optional(),
		value: z.unknown().optional(),
	} )
);

/** They take the value from another place. */
const MOVES = [ 'move', 'copy' ];

/** Null = done. */
export function applyPatch(
	body: unknown,
	targets: readonly PatchTarget[]
): Reply | null {
	const read = patchSchema.safeParse( body );
	if ( ! read.success ) {
		return refuse(
			400,
			problem(
				DOCUMENTED.notJson,
				'You must supply a JSON formatted body with your request'
			)
		);
	}
	for ( const operation of read.data ) {
		const { op, path } = operation;
		const target = targets.find( ( entry ) => entry.path === path );
		if ( ! target ) {
			// The code is a client's (CMNC-043), the text is ours.
			return refuse(
				400,
				problem(
					DOCUMENTED.patchPath,
					`Unsupported patch path (${ path })`
				)
			);
		}
		if ( ! target.operations.includes( op ) ) {
			return refuse(
				500,
				problem(
					DOCUMENTED.patchOperation,
					`Invalid patch operation (${ op }) for given path (${ path })`
				)
			);
		}
		const missing =
			( op === 'remove' || op === 'replace' ) &&
			target.read() === undefined;
		const source = targets.find(
			( entry ) => entry.path === operation.from
		);
		if ( missing || ( MOVES.includes( op ) && ! source?.read() ) ) {
			return refuse(
				400,
				problem(
					DOCUMENTED.patchMissing,
					`No such path (${ missing ? path : ( operation.from ?? '' ) })`
				)
			);
		}
		const value = MOVES.includes( op ) ? source?.read() : operation.value;
		if ( op === 'move' ) {
			source?.write( undefined );
		}
		const accepted =
			op === 'test'
				? target.read() === value
				: target.write( op === 'remove' ? undefined : value );
		if ( ! accepted ) {
			return refuse(
				400,
				problem(
					INVENTED.badPatchValue,
					`The value for ${ path } is refused`
				)
			);
		}
	}
	return null;
}
