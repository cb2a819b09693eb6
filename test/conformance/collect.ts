/**
 * Every case there is: the arrays that the files below `cases/` export. A file's name begins with
 * the service it is about (`order-rows.ts`), which is what the report groups by.
 */
import { readdirSync } from 'node:fs';
import type { ConformanceCase } from './case.ts';

export interface Collected {
	/** `order` of `cases/order-rows.ts` */
	readonly service: string;
	readonly file: string;
	readonly entry: ConformanceCase;
}

const FOLDER = new URL( './cases/', import.meta.url );

const isCase = ( value: unknown ): value is ConformanceCase =>
	typeof value === 'object' &&
	value !== null &&
	typeof ( value as ConformanceCase ).id === 'string' &&
	typeof ( value as ConformanceCase ).run === 'function';

/** Sorted by file; throws where two cases have one id. */
export async function collectCases(): Promise< readonly Collected[] > {
	const files = readdirSync( FOLDER )
		.filter( ( name ) => name.endsWith( '.ts' ) )
		.sort();
	const found: Collected[] = [];
	const seen = new Set< string >();
	for ( const file of files ) {
		const module: unknown = await import( new URL( file, FOLDER ).href );
		const entries = Object.values( module as Record< string, unknown > )
			.filter( Array.isArray )
			.flat()
			.filter( isCase );
		for ( const entry of entries ) {
			if ( seen.has( entry.id ) ) {
				throw new Error(
					`Two conformance cases are called ${ entry.id }`
				);
			}
			seen.add( entry.id );
			found.push( {
				service: file.split( /[-.]/ )[ 0 ] ?? file,
				file,
				entry,
			} );
		}
	}
	return found;
}
