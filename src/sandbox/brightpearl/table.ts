/**
 * A table in memory: rows by id, look-ups by key, and the text of each row kept ready so that
 * saving ten thousand orders costs only the few that changed.
 */
export interface Entity {
	readonly id: number;
}

/** Rows with the key, ascending by id of insertion. */
export type Lookup< T > = ( key: string ) => readonly T[];

export interface Table< T extends Entity > {
	get( id: number ): T | undefined;
	has( id: number ): boolean;
	/** Inserts, or records that a row was changed in place. */
	put( row: T ): void;
	remove( id: number ): void;
	/** In order of insertion, which is ascending by id where ids come from `nextId`. */
	values(): Iterable< T >;
	ids(): number[];
	size(): number;
	/** The next free id; never reused. */
	nextId(): number;
	/** Keeps a look-up; null = the row has no key. */
	lookup( keyOf: ( row: T ) => string | null ): Lookup< T >;
	/** One JSON text for each row, for the state file. */
	texts(): string[];
	lastId(): number;
	/** Moves with every change. */
	version(): number;
	load( rows: readonly T[], lastId: number ): void;
}

interface Index< T > {
	readonly keyOf: ( row: T ) => string | null;
	readonly ids: Map< string, Set< number > >;
	/** What the row's key was when it was last put, so that a changed key can be moved. */
	readonly keys: Map< number, string >;
}

export function createTable< T extends Entity >(
	firstId: number,
	onChange: () => void
): Table< T > {
	const rows = new Map< number, T >();
	const texts = new Map< number, string >();
	const indexes: Index< T >[] = [];
	let last = firstId - 1;
	let version = 0;

	const unindex = ( index: Index< T >, id: number ): void => {
		const key = index.keys.get( id );
		if ( key === undefined ) {
			return;
		}
		index.keys.delete( id );
		const ids = index.ids.get( key );
		ids?.delete( id );
		if ( ids?.size === 0 ) {
			index.ids.delete( key );
		}
	};

	const enter = ( index: Index< T >, row: T ): void => {
		const key = index.keyOf( row );
		if ( index.keys.get( row.id ) === ( key ?? undefined ) ) {
			return;
		}
		unindex( index, row.id );
		if ( key !== null ) {
			index.keys.set( row.id, key );
			const ids = index.ids.get( key ) ?? new Set< number >();
			ids.add( row.id );
			index.ids.set( key, ids );
		}
	};

	const put = ( row: T ): void => {
		version += 1;
		rows.set( row.id, row );
		texts.delete( row.id );
		last = Math.max( last, row.id );
		for ( const index of indexes ) {
			enter( index, row );
		}
		onChange();
	};

	return {
		get: ( id ) => rows.get( id ),
		has: ( id ) => rows.has( id ),
		put,
		remove: ( id ) => {
			version += 1;
			rows.delete( id );
			texts.delete( id );
			for ( const index of indexes ) {
				unindex( index, id );
			}
			onChange();
		},
		values: () => rows.values(),
		ids: () => [ ...rows.keys() ].sort( ( a, b ) => a - b ),
		size: () => rows.size,
		nextId: () => ++last,
		lookup: ( keyOf ) => {
			const index: Index< T > = {
				keyOf,
				ids: new Map(),
				keys: new Map(),
			};
			indexes.push( index );
			for ( const row of rows.values() ) {
				enter( index, row );
			}
			return ( key ) =>
				[ ...( index.ids.get( key ) ?? [] ) ].flatMap(
					( id ) => rows.get( id ) ?? []
				);
		},
		texts: () =>
			[ ...rows ].map( ( [ id, row ] ) => {
				const text = texts.get( id ) ?? JSON.stringify( row );
				texts.set( id, text );
				return text;
			} ),
		lastId: () => last,
		version: () => version,
		load: ( loaded, lastId ) => {
			rows.clear();
			texts.clear();
			for ( const index of indexes ) {
				index.ids.clear();
				index.keys.clear();
			}
			for ( const row of loaded ) {
				put( row );
			}
			last = Math.max( last, lastId );
		},
	};
}
