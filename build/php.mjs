/**
 * Everything that checks the plugin. `npm test` counts it in; alone:
 *
 *     npm run php                                   all of it
 *     npm run php -- phpcs phpstan                  some of it
 *     npm run phpunit -- --filter Signature         PHPUnit on this machine's PHP, arguments to it
 *     npm run phpunit -- --old test/plugin/Woo      … on PHP 7.4
 *
 * What this machine has no program for is skipped, said aloud and counted as skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findNode } from '../bin/find-node.mjs';
import { missingFor, prepareMachine } from './machine.mjs';
import { installComposer } from './php/composer.mjs';
import { phpcsSelfTest } from './php/phpcs.mjs';
import { phpunit } from './php/phpunit.mjs';
import { ROOT } from './setup.mjs';
import { CannotRun } from './wordpress/programs.mjs';

const STAND_IN_CHECK = join( ROOT, 'test', 'stand-in', 'check.php' );
const TOOLS = [ 'php', 'composer' ];

/** In this order; `needs` are machine.mjs's names. */
const CHECKS = [
	{
		name: 'phpcs self-test',
		needs: TOOLS,
		run: ( { say } ) => one( phpcsSelfTest( ROOT, say ) ),
	},
	{
		name: 'phpcs',
		needs: TOOLS,
		run: () =>
			command(
				'php',
				'vendor/bin/phpcs',
				'-q',
				'--cache',
				'--parallel=2'
			),
	},
	{
		name: 'phpstan',
		needs: TOOLS,
		run: () =>
			command(
				'php',
				'vendor/bin/phpstan',
				'analyse',
				'--memory-limit=2G',
				'--no-progress',
				'--no-ansi'
			),
	},
	{
		name: 'php 7.4 syntax',
		needs: [],
		run: ( { node } ) => command( node, 'build/php/syntax74.mjs' ),
	},
	{
		name: 'stand-in honesty',
		needs: TOOLS,
		run: () =>
			existsSync( STAND_IN_CHECK )
				? command( 'php', STAND_IN_CHECK )
				: one( false ),
	},
	{
		name: 'phpunit',
		needs: [ ...TOOLS, 'database' ],
		run: ( { node, say } ) => tests( { php: 'machine', node, say } ),
	},
	{
		name: 'phpunit on 7.4',
		needs: TOOLS,
		run: ( { node, say } ) => tests( { php: '7.4', node, say } ),
	},
];

/**
 * @param {{ node: string, only?: string[], say?: (line: string) => void }} options
 *   `node`: a Node 24, for the WebAssembly PHP.
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function checkPhp( { node, only = [], say = console.log } ) {
	const totals = { passed: 0, failed: 0, skipped: 0 };
	prepareMachine( { needs: [ ...TOOLS, 'database' ], say } );
	const composer = whyNoComposer( say );
	for ( const check of CHECKS ) {
		if ( only.length > 0 && ! only.includes( check.name ) ) {
			continue;
		}
		const counts = await carryOut( check, { node, say, composer } );
		for ( const key of Object.keys( totals ) ) {
			totals[ key ] += counts[ key ];
		}
	}
	return totals;
}

async function carryOut( { name, needs, run }, { node, say, composer } ) {
	const missing =
		missingFor( ...needs ) ??
		( needs.includes( 'composer' ) ? composer : null );
	if ( missing !== null ) {
		return skip( say, name, missing );
	}
	const began = Date.now();
	try {
		const counts = await run( { node, say } );
		const seconds = ( ( Date.now() - began ) / 1000 ).toFixed( 1 );
		say(
			`${ counts.failed === 0 ? 'ok    ' : 'FAILED' } ${ name } (${ seconds } s)`
		);
		return counts;
	} catch ( error ) {
		if ( error instanceof CannotRun ) {
			return skip( say, name, error.message );
		}
		say( `FAILED ${ name }: ${ error.message }` );
		return one( false );
	}
}

function skip( say, name, why ) {
	say( `SKIPPED ${ name.toUpperCase() }: ${ why }` );
	return { passed: 0, failed: 0, skipped: 1 };
}

function whyNoComposer( say ) {
	const missing = missingFor( ...TOOLS );
	if ( missing !== null ) {
		return missing;
	}
	try {
		installComposer( ROOT, say );
		return null;
	} catch ( error ) {
		if ( error instanceof CannotRun ) {
			return error.message;
		}
		throw error;
	}
}

function command( program, ...args ) {
	const { status } = spawnSync( program, args, {
		cwd: ROOT,
		stdio: [ 'ignore', 'inherit', 'inherit' ],
	} );
	return one( status === 0 );
}

function one( ok ) {
	return { passed: Number( ok ), failed: Number( ! ok ), skipped: 0 };
}

async function tests( options ) {
	return ( await phpunit( options ) ).counts;
}

/** A narrow run: PHPUnit's own exit code and nothing around it. */
async function narrow( node, args ) {
	const old = args[ 0 ] === '--old';
	prepareMachine( { needs: [ ...TOOLS, 'database' ] } );
	const missing =
		missingFor( ...TOOLS, ...( old ? [] : [ 'database' ] ) ) ??
		whyNoComposer( console.log );
	if ( missing !== null ) {
		throw new CannotRun( missing );
	}
	const { status } = await phpunit( {
		php: old ? '7.4' : 'machine',
		node,
		args: old ? args.slice( 1 ) : args,
		say: console.log,
	} );
	return status ?? 1;
}

async function main( [ first, ...rest ] ) {
	const node = findNode( ROOT );
	if ( node === null ) {
		throw new CannotRun( 'Run `npm ci` first: it brings Node 24.' );
	}
	if ( first === 'phpunit-with' ) {
		return narrow( node, rest );
	}
	const only = first === undefined ? [] : [ first, ...rest ];
	const { passed, failed, skipped } = await checkPhp( { node, only } );
	console.log(
		`${ passed } passed, ${ failed } failed, ${ skipped } skipped`
	);
	return failed > 0 ? 1 : 0;
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	try {
		process.exitCode = await main( process.argv.slice( 2 ) );
	} catch ( error ) {
		console.error( error instanceof CannotRun ? error.message : error );
		process.exitCode = 1;
	}
}
