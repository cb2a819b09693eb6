/**
 * Bundles the sidecar into dist/pearlbridge.mjs with its chunks: everything inside, so that
 * starting it reads few files. What only `demo` and `sandbox` need is a chunk of its own.
 */
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath( new URL( '..', import.meta.url ) );
const { version } = JSON.parse(
	readFileSync( `${ root }package.json`, 'utf8' )
);

rmSync( `${ root }dist`, { recursive: true, force: true } );
await build( {
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
