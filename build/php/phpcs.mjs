/**
 * Whether PHPCS still finds what it is there to find: on a wrong setting WPCS gives up on every
 * file and says almost nothing, which looks like clean code.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FAULTS = 'test/build/phpcs/faults';

/** Lints planted faults as if they were the plugin's, and expects exactly the sniffs written down. */
export function phpcsSelfTest( root, say ) {
	const wanted = JSON.parse(
		readFileSync( join( root, `${ FAULTS }.json` ), 'utf8' )
	);
	const { stdout, stderr } = spawnSync(
		'php',
		[
			'vendor/bin/phpcs',
			'-q',
			'--report=json',
			`--stdin-path=${ join( root, 'plugin', 'Faults.php' ) }`,
			'-',
		],
		{
			cwd: root,
			encoding: 'utf8',
			input: readFileSync( join( root, `${ FAULTS }.php.txt` ) ),
		}
	);
	const found = parse( stdout );
	if ( found === null ) {
		say( `${ stdout }${ stderr }` );
		return false;
	}
	const lost = wanted.filter( ( fault ) => ! found.includes( fault ) );
	const extra = found.filter( ( fault ) => ! wanted.includes( fault ) );
	for ( const fault of lost ) {
		say( `phpcs did not find: ${ fault }` );
	}
	for ( const fault of extra ) {
		say( `phpcs found besides: ${ fault }` );
	}
	return lost.length === 0 && extra.length === 0;
}

/** @returns {string[] | null} "line Sniff.Name" */
function parse( report ) {
	try {
		return Object.values( JSON.parse( report ).files ).flatMap(
			( { messages } ) =>
				messages.map( ( { line, source } ) => `${ line } ${ source }` )
		);
	} catch {
		return null;
	}
}
