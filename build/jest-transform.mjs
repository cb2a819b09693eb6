import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';

const self = readFileSync( new URL( import.meta.url ) );

/** TypeScript loses its types; SQL becomes a module whose default export is its text. */
export default {
	process( source, filename ) {
		const loader = filename.endsWith( '.sql' ) ? 'text' : 'ts';
		const { code } = transformSync( source, {
			loader,
			format: 'esm',
			target: 'node24',
			sourcemap: 'inline',
			sourcefile: filename,
		} );
		return { code };
	},
	getCacheKey( source, filename ) {
		return createHash( 'sha1' )
			.update( self )
			.update( version )
			.update( filename )
			.update( '\0' )
			.update( source )
			.digest( 'hex' );
	},
};
