import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MODULE = join( process.cwd(), 'build', 'php', 'phpunit.mjs' );

/** In a Node of its own: the build's scripts are plain JavaScript without types. */
function counted( xml: string, status: number | null ) {
	const { stdout } = spawnSync(
		process.execPath,
		[
			'--input-type=module',
			'-e',
			`import { countJunit } from ${ JSON.stringify( MODULE ) };
			const said = [];
			const counts = countJunit( process.env.XML, ${ status }, ( line ) => said.push( line ) );
			console.log( JSON.stringify( { counts, said } ) );`,
		],
		{ encoding: 'utf8', env: { ...process.env, XML: xml } }
	);
	return JSON.parse( stdout );
}

const suite = ( numbers: string, cases = '' ) =>
	`<?xml version="1.0"?><testsuites>\n<testsuite name="plugin" ${ numbers } time="0.1"><testsuite name="inner" tests="99" errors="99" failures="99">${ cases }</testsuite></testsuite></testsuites>`;

describe( "what PHPUnit's log adds to the last line", () => {
	test( 'each test counts, and errors, failures and warnings are failures', () => {
		expect(
			counted(
				suite(
					'tests="10" assertions="20" errors="1" warnings="1" failures="2" skipped="1"',
					'<testcase name="test_a" time="0"><skipped/></testcase>'
				),
				2
			)
		).toEqual( {
			counts: { passed: 5, failed: 4, skipped: 1 },
			said: [ 'skipped: PHPUnit test_a' ],
		} );
	} );

	test( 'a run that ended without a result is one failure', () => {
		expect( counted( '', 255 ) ).toEqual( {
			counts: { passed: 0, failed: 1, skipped: 0 },
			said: [ 'FAILED PHPUnit ended with 255 and no result' ],
		} );
	} );

	test( 'a run without a failed test that still ends badly is a failure', () => {
		expect(
			counted(
				suite( 'tests="3" errors="0" failures="0" skipped="0"' ),
				1
			).counts
		).toMatchObject( { failed: 1 } );
	} );

	test( 'a run of no test at all is a failure', () => {
		expect( counted( '<testsuites/>', 0 ).counts ).toEqual( {
			passed: 0,
			failed: 1,
			skipped: 0,
		} );
	} );
} );
