/**
 * What was typed and not saved stays while the person looks elsewhere in the console; closing the
 * page asks first.
 */
import type { Tree } from '../../../../src/contracts/json.ts';

export interface KeptDraft {
	/** As it was loaded. */
	readonly base: Tree;
	readonly draft: Tree;
	readonly revision: number;
}

const kept = new Map< string, KeptDraft >();

function warn( event: BeforeUnloadEvent ): void {
	event.preventDefault();
}

export function keptDraft( connection: string ): KeptDraft | null {
	return kept.get( connection ) ?? null;
}

/** Null = nothing is unsaved. */
export function keepDraft( connection: string, draft: KeptDraft | null ): void {
	if ( draft === null ) {
		kept.delete( connection );
	} else {
		kept.set( connection, draft );
	}
	window.removeEventListener( 'beforeunload', warn );
	if ( kept.size > 0 ) {
		window.addEventListener( 'beforeunload', warn );
	}
}
