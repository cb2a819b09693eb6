/**
 * Builds the console from admin-ui/ for its two hosts:
 *
 * - dist/console: the sidecar's own address; ES modules in chunks, with everything inside;
 * - dist/wp: for wp-admin; the same chunks, but React and @wordpress/* are taken from the page.
 *   What WordPress enqueues is a classic script of one line that imports the first of them, so
 *   that dependencies and translations are WordPress's own business.
 *
 * `node build/console.mjs [folder]` (dist) prints the sizes.
 */
import { createHash } from 'node:crypto';
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import {
	globals,
	withoutJsonSchemas,
	zodByName,
	zodWithoutEval,
} from './console-plugins.mjs';

const root = fileURLToPath( new URL( '..', import.meta.url ) );

const COMMON = {
	absWorkingDir: root,
	bundle: true,
	write: false,
	metafile: true,
	minify: true,
	jsx: 'automatic',
	target: [ 'es2022', 'chrome111', 'firefox113', 'safari16.4' ],
	define: { 'process.env.NODE_ENV': '"production"' },
	legalComments: 'none',
	logLevel: 'warning',
	tsconfig: 'admin-ui/tsconfig.json',
};

async function forSidecar( out ) {
	const { outputFiles, metafile } = await build( {
		...COMMON,
		entryPoints: { console: 'admin-ui/main-sidecar.tsx' },
		outdir: join( out, 'assets' ),
		entryNames: '[name]-[hash]',
		chunkNames: '[name]-[hash]',
		format: 'esm',
		splitting: true,
		define: { ...COMMON.define, __HOST__: '"sidecar"' },
		plugins: [ zodByName, zodWithoutEval, withoutJsonSchemas ],
	} );
	const files = outputFiles.map( ( { path, contents } ) => [
		path,
		contents,
	] );
	const entry = entryOf( metafile, 'admin-ui/main-sidecar.tsx' );
	const html = readFileSync(
		join( root, 'admin-ui/index.html' ),
		'utf8'
	).replace(
		'<!-- assets -->',
		[
			`<link rel="stylesheet" href="./assets/${ basename( entry.cssBundle ) }" />`,
			...closure( metafile, entry.name )
				.filter( ( name ) => name !== entry.name )
				.map(
					( name ) =>
						`<link rel="modulepreload" href="./assets/${ basename( name ) }" />`
				),
			`<script type="module" src="./assets/${ basename( entry.name ) }"></script>`,
		].join( '\n\t\t' )
	);
	files.push( [ join( out, 'index.html' ), Buffer.from( html ) ] );
	const first = new Set( [
		'index.html',
		basename( entry.cssBundle ),
		...closure( metafile, entry.name ).map( ( name ) => basename( name ) ),
	] );
	return { files, first };
}

async function forWordPress( out ) {
	const used = new Set();
	const { outputFiles, metafile } = await build( {
		...COMMON,
		entryPoints: { main: 'admin-ui/main-wp.tsx' },
		outdir: out,
		entryNames: '[name]-[hash]',
		chunkNames: '[name]-[hash]',
		format: 'esm',
		splitting: true,
		define: { ...COMMON.define, __HOST__: '"wp"' },
		plugins: [
			zodByName,
			zodWithoutEval,
			withoutJsonSchemas,
			globals( used ),
		],
	} );
	const entry = entryOf( metafile, 'admin-ui/main-wp.tsx' );
	const files = outputFiles.map( ( { path, contents } ) => [
		path === join( root, entry.cssBundle )
			? join( out, 'console.css' )
			: path,
		contents,
	] );
	const modules = closure( metafile, entry.name ).map( ( name ) =>
		basename( name )
	);
	files.push( [
		join( out, 'console.js' ),
		Buffer.from( loader( basename( entry.name ), modules ) ),
	] );
	const hash = createHash( 'sha256' );
	for ( const [ , contents ] of files ) {
		hash.update( contents );
	}
	const handles = [ ...used ].sort().map( ( handle ) => `'${ handle }'` );
	files.push( [
		join( out, 'console.asset.php' ),
		Buffer.from(
			`<?php return array( 'dependencies' => array( ${ handles.join(
				', '
			) } ), 'version' => '${ hash.digest( 'hex' ).slice( 0, 20 ) }' );\n`
		),
	] );
	return { files, first: new Set( [ 'console.js', ...modules ] ) };
}

/** All modules that the first screen needs are asked for at once, not one after the other. */
function loader( entry, modules ) {
	return `(()=>{const at=document.currentScript.src;for(const name of ${ JSON.stringify(
		modules
	) }){const link=document.createElement("link");link.rel="modulepreload";link.href=new URL(name,at);document.head.append(link)}import(new URL(${ JSON.stringify(
		entry
	) },at).href)})();\n`;
}

function entryOf( { outputs }, entryPoint ) {
	const [ name, output ] = Object.entries( outputs ).find(
		( [ , one ] ) => one.entryPoint === entryPoint
	);
	return { name, ...output };
}

/** A module and all it imports at once. */
function closure( { outputs }, name, seen = new Set() ) {
	if ( ! seen.has( name ) ) {
		seen.add( name );
		for ( const { path, kind } of outputs[ name ].imports ) {
			if ( kind === 'import-statement' ) {
				closure( { outputs }, path, seen );
			}
		}
	}
	return [ ...seen ];
}

/**
 * Whoever loads the page at this moment finds the old files or the new: the page itself changes
 * last, and what it named before goes after that.
 */
function write( out, files ) {
	for ( const [ path, contents ] of files ) {
		const temporary = `${ path }.${ process.pid }.tmp`;
		mkdirSync( dirname( path ), { recursive: true } );
		writeFileSync( temporary, contents );
		renameSync( temporary, path );
	}
	const names = new Set( files.map( ( [ path ] ) => relative( out, path ) ) );
	for ( const entry of readdirSync( out, {
		recursive: true,
		withFileTypes: true,
	} ) ) {
		const path = join( entry.parentPath, entry.name );
		if ( entry.isFile() && ! names.has( relative( out, path ) ) ) {
			rmSync( path, { force: true } );
		}
	}
}

const isCode = ( name ) => /\.(js|css|html)$/.test( name );

function sizes( files, wanted = () => true ) {
	return files
		.filter( ( [ path ] ) => isCode( path ) && wanted( basename( path ) ) )
		.reduce(
			( sum, [ , contents ] ) => ( {
				raw: sum.raw + contents.length,
				gzip: sum.gzip + gzipSync( contents, { level: 9 } ).length,
			} ),
			{ raw: 0, gzip: 0 }
		);
}

/** Builds into the folder and answers the sizes in bytes. */
export async function buildConsole( dist ) {
	const own = await forSidecar( join( dist, 'console' ) );
	const wp = await forWordPress( join( dist, 'wp' ) );
	write( join( dist, 'console' ), own.files );
	write( join( dist, 'wp' ), wp.files );
	return {
		wpFirst: sizes( wp.files, ( name ) => wp.first.has( name ) ),
		wpAll: sizes( wp.files, ( name ) => name.endsWith( '.js' ) ),
		wpStyle: sizes( wp.files, ( name ) => name === 'console.css' ),
		ownFirst: sizes( own.files, ( name ) => own.first.has( name ) ),
		ownAll: sizes( own.files ),
	};
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	const made = await buildConsole(
		resolve( root, process.argv[ 2 ] ?? 'dist' )
	);
	for ( const [ name, { raw, gzip } ] of Object.entries( made ) ) {
		const kb = ( bytes ) => ( bytes / 1000 ).toFixed( 1 ).padStart( 7 );
		console.log(
			`${ name.padEnd( 9 ) } ${ kb( gzip ) } KB gzip ${ kb( raw ) } KB raw`
		);
	}
}
