/**
 * Bundles the sidecar into dist/pearlbridge.mjs with its chunks: everything inside, so that
 * starting it reads few files. What only `demo` and `sandbox` need is a chunk of its own.
 */
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath( new URL( '..', import.meta.url ) );
const { version } = JSON.parse(
	readFileSync( `${ root }package.json`, 'utf8' )
);

const { outputFiles } = await build( {
	write: false,
	absWorkingDir: root,
	entryPoints: { pearlbridge: 'src/main.ts' },
	outdir: 'dist',
	outExtension: { '.js': '.mjs' },
	chunkNames: 'chunks/[name]-[hash]',
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node24',
	minifySyntax: true,
	sourcemap: 'linked',
	sourcesContent: false,
	loader: { '.sql': 'text' },
	define: { __VERSION__: JSON.stringify( version ) },
	// CommonJS dependencies ask for `require` at run time.
	banner: {
		js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire( import.meta.url );",
	},
	logLevel: 'warning',
} );

// A program that starts at this moment finds the old bundle or the new one, whole: each file
// takes its name at once, the entry after the chunks it names, and old chunks go last.
const dist = join( root, 'dist' );
const names = outputFiles.map( ( { path } ) => relative( dist, path ) );
for ( const { path, contents } of outputFiles.toSorted(
	( a, b ) => b.path.length - a.path.length
) ) {
	const temporary = `${ path }.${ process.pid }.tmp`;
	mkdirSync( dirname( path ), { recursive: true } );
	writeFileSync( temporary, contents );
	renameSync( temporary, path );
}
// What other builds leave in dist/ (the console, the plugin) is theirs.
for ( const entry of readdirSync( join( dist, 'chunks' ), {
	withFileTypes: true,
} ) ) {
	const path = join( entry.parentPath, entry.name );
	if ( entry.isFile() && ! names.includes( relative( dist, path ) ) ) {
		rmSync( path, { force: true } );
	}
}
