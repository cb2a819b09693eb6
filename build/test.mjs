/**
 * `npm test`: everything. Sets up, then lint, format, types, bundle, what checks the plugin, and
 * Jest; the last line is `N passed, N failed, N skipped`. Arguments go to Jest:
 * `npm test -- test/cli`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareMachine } from './machine.mjs';
import { checkPhp } from './php.mjs';
import { ROOT, setUp, SetUpError } from './setup.mjs';

const MODULES = join( ROOT, 'node_modules' );
/** Two cores are what a small machine has; more only makes servers and tests fight. */
const WORKERS = 2;
/** A test that hangs must not hang the machine that runs it. */
const JEST_LIMIT = 30 * 60 * 1000;

/** Each counts as one; they run in this order. */
const CHECKS = [
	[
		'lint',
		[ join( MODULES, 'eslint/bin/eslint.js' ), '.', '--max-warnings', '0' ],
	],
	[
		'format',
		[
			join( MODULES, 'prettier/bin/prettier.cjs' ),
			'--check',
			'--log-level',
			'warn',
			'.',
		],
	],
	[ 'types', [ join( MODULES, 'typescript/bin/tsc' ), '--noEmit' ] ],
	[
		'types of the console',
		[
			join( MODULES, 'typescript/bin/tsc' ),
			'--noEmit',
			'-p',
			join( ROOT, 'admin-ui' ),
		],
	],
	[ 'bundle', [ join( ROOT, 'build', 'bundle.mjs' ) ] ],
	[ 'console', [ join( ROOT, 'build', 'console.mjs' ) ] ],
];

async function main() {
	const totals = { passed: 0, failed: 0, skipped: 0 };
	try {
		const { node } = setUp( { mode: 'test' } );
		// Before Jest: its browser tests need some of it too.
		prepareMachine();
		for ( const [ name, args ] of CHECKS ) {
			add( totals, check( node, name, args ) );
		}
		add( totals, await checkPhp( { node } ) );
		add( totals, jest( node, process.argv.slice( 2 ) ) );
	} catch ( error ) {
		console.log( error instanceof SetUpError ? error.message : error );
		totals.failed += 1;
	}
	if ( totals.skipped > 0 ) {
		console.log(
			`\nSKIPPED: ${ totals.skipped } tests did not run; they are named above.`
		);
	}
	console.log( summary( totals ) );
	process.exitCode = totals.failed > 0 ? 1 : 0;
}

export function summary( { passed, failed, skipped } ) {
	return `${ passed } passed, ${ failed } failed, ${ skipped } skipped`;
}

function add( totals, more ) {
	for ( const key of Object.keys( totals ) ) {
		totals[ key ] += more[ key ];
	}
}

function check( node, name, args ) {
	const began = Date.now();
	const { status } = spawnSync( node, args, { cwd: ROOT, stdio: 'inherit' } );
	const seconds = ( ( Date.now() - began ) / 1000 ).toFixed( 1 );
	console.log(
		`${ status === 0 ? 'ok    ' : 'FAILED' } ${ name } (${ seconds } s)`
	);
	return {
		passed: Number( status === 0 ),
		failed: Number( status !== 0 ),
		skipped: 0,
	};
}

function jest( node, args ) {
	const dir = mkdtempSync( join( tmpdir(), 'pearlbridge-jest-' ) );
	const file = join( dir, 'result.json' );
	try {
		const { status } = spawnSync(
			node,
			[
				'--experimental-vm-modules',
				'--no-warnings',
				join( MODULES, 'jest/bin/jest.js' ),
				`--maxWorkers=${ WORKERS }`,
				'--json',
				`--outputFile=${ file }`,
				...args,
			],
			// The JSON also goes to stdout; people read what Jest says on stderr.
			{
				cwd: ROOT,
				stdio: [ 'ignore', 'ignore', 'inherit' ],
				timeout: JEST_LIMIT,
			}
		);
		return count( read( file ), status );
	} finally {
		rmSync( dir, { recursive: true, force: true } );
	}
}

function read( file ) {
	try {
		return JSON.parse( readFileSync( file, 'utf8' ) );
	} catch {
		return null;
	}
}

/** A suite that did not even run counts as one failure, and so does a Jest that failed unheard. */
export function count( result, status ) {
	if ( result === null ) {
		console.log( `FAILED jest ended with ${ status } and no result` );
		return { passed: 0, failed: 1, skipped: 0 };
	}
	for ( const name of skippedNames( result ) ) {
		console.log( `skipped: ${ name }` );
	}
	const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
	return {
		passed: result.numPassedTests,
		failed: failed === 0 && status !== 0 ? 1 : failed,
		skipped: result.numPendingTests + result.numTodoTests,
	};
}

function skippedNames( { testResults } ) {
	return testResults.flatMap( ( { assertionResults } ) =>
		assertionResults
			.filter(
				( { status } ) => status === 'pending' || status === 'todo'
			)
			.map( ( { fullName } ) => fullName )
	);
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	await main();
}
