/**
 * Making something in Brightpearl once: what an earlier try may have made is looked for, then it is
 * made, and where the answer names nothing it is looked for again.
 */
import {
	fail,
	ok,
	retry,
	type Failure,
	type Result,
} from '../../contracts/result.ts';
import {
	journaled,
	lookFor,
	note,
	nowOf,
	type JournalTarget,
} from './applying.ts';

/** Before it is made, or after its answer left it open. */
type When = 'before' | 'after';

export interface Once< T > {
	readonly target: JournalTarget;
	/** What it is called before it has an id; the journal's reference of the try. */
	readonly ref: string | null;
	/** When an earlier try may have made it (ISO-8601); null = it certainly was not. */
	readonly since: string | null;
	/** False where nothing can be there yet: then it is made at once. */
	readonly looksFirst: boolean;
	look( when: When ): Promise< Result< T | null > >;
	/** Null = accepted, but the answer names none. */
	make(): Promise< Result< T | null > >;
	/** `payment 700` */
	called( made: T ): string;
	/** Keeps what was made; a crash before it leaves an open intent. */
	record( made: T ): Promise< void >;
	/** Keeps what was found, once it is sure that it is the one. */
	adopt( found: T, when: When ): Promise< Result< void > >;
	/** Whether finding it is worth an entry in the journal (it is). */
	notesFound?( when: When ): boolean;
	/** After a refusal, before it is looked for again. */
	refused?(): Promise< void >;
	/**
	 * Whether it is looked for once more on the spot after this failure (a refusal: the reference
	 * may be taken, by an earlier try).
	 */
	looksAfter?( failure: Failure ): boolean;
}

export interface Made< T > {
	readonly value: T;
	/** Made, or found before or after. */
	readonly how: 'made' | When;
}

export async function once< T >(
	wanted: Once< T >
): Promise< Result< Made< T > > > {
	const { target, since, looksAfter = isRefusal } = wanted;
	const { connected, lease } = target;
	if ( wanted.looksFirst ) {
		const found = await lookFor( connected, lease, since, () =>
			wanted.look( 'before' )
		);
		if ( ! found.ok ) {
			return found;
		}
		if ( found.value !== null ) {
			return adopted( wanted, found.value, 'before' );
		}
	}
	const made = await journaled< T | null >(
		target,
		wanted.ref,
		() => wanted.make(),
		( value ) => ( value === null ? wanted.ref : wanted.called( value ) ),
		async ( value ) => {
			if ( value !== null ) {
				await wanted.record( value );
			}
		}
	);
	if ( made.ok && made.value !== null ) {
		return ok( { value: made.value, how: 'made' } );
	}
	if ( ! made.ok ) {
		if ( ! looksAfter( made.failure ) ) {
			return made;
		}
		if ( isRefusal( made.failure ) ) {
			await wanted.refused?.();
		}
	}
	// Accepted without an id, or refused because it is there already: then it can be found.
	const maySince =
		made.ok || ! isRefusal( made.failure ) ? nowOf( connected ) : null;
	const found = await lookFor( connected, lease, maySince, () =>
		wanted.look( 'after' )
	);
	if ( found.ok && found.value !== null ) {
		return adopted( wanted, found.value, 'after' );
	}
	if ( ! made.ok ) {
		return isRefusal( made.failure ) && ! found.ok ? found : made;
	}
	return found.ok
		? retry(
				'brightpearl',
				'outage',
				`Brightpearl accepted ${ wanted.ref ?? 'it' } but does not find it yet.`,
				{ outcomeUnknown: true }
			)
		: fail( found.failure );
}

function isRefusal( { kind }: Failure ): boolean {
	return kind === 'hold';
}

async function adopted< T >(
	wanted: Once< T >,
	value: T,
	when: When
): Promise< Result< Made< T > > > {
	const kept = await wanted.adopt( value, when );
	if ( ! kept.ok ) {
		return kept;
	}
	if ( wanted.notesFound?.( when ) ?? true ) {
		await note( wanted.target, 'found', wanted.called( value ), null );
	}
	return ok( { value, how: when } );
}
