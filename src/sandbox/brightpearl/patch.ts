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
		value: z.unknown().optional(),
	} )
);

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
	for ( const { op, path, value } of read.data ) {
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
