/**
 * Compiles every PHP file of the plugin with a real PHP 7.4 and runs none of them. Exits with 1
 * when one does not compile.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { php74 } from './php74.mjs';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );

/** A check that lets everything pass would look the same as clean code. */
const CONTROLS = [
	[
		'<?php declare( strict_types=1 ); namespace A; use B\\C; $f = fn( ?int $a ): ?int => $a ?? 1;',
		true,
	],
	[ '<?php $a = match( 1 ) { 1 => 2 };', false ],
	[ '<?php namespace A; class B { const int C = 1; }', false ],
	// These two parse, and only the compiler refuses them.
	[ '<?php $a = new \\stdClass(); echo $a::class;', false ],
	[ '<?php function f( $a = new \\stdClass() ) {}', false ],
];

/**
 * Compiles without running: a `return` goes in front of the first statement that may have one in
 * front of it. token_get_all() alone parses, but does not compile.
 */
const COMPILE = `<?php
error_reporting( E_ALL );
ini_set( 'display_errors', '1' );
ini_set( 'html_errors', '0' );
$source = file_get_contents( '/tmp/source.php' );
try {
	$tokens = token_get_all( $source, TOKEN_PARSE );
} catch ( ParseError $error ) {
	echo $error->getMessage(), ' on line ', $error->getLine();
	exit;
}
$at = -1;
$head = null;
foreach ( $tokens as $i => $token ) {
	$id = is_array( $token ) ? $token[0] : $token;
	if ( null === $head ) {
		if ( in_array( $id, array( T_OPEN_TAG, T_WHITESPACE, T_COMMENT, T_DOC_COMMENT ), true ) ) {
			if ( T_OPEN_TAG === $id ) {
				$at = $i;
			}
			continue;
		}
		if ( T_DECLARE !== $id && T_NAMESPACE !== $id ) {
			break;
		}
		$head = $id;
	} elseif ( ';' === $id ) {
		$at   = $i;
		$head = null;
	}
}
$copy = '';
foreach ( $tokens as $i => $token ) {
	$copy .= is_array( $token ) ? $token[1] : $token;
	if ( $i === $at ) {
		$copy .= ' return; ';
	}
}
file_put_contents( '/tmp/copy.php', $copy );
include '/tmp/copy.php';
echo 'COMPILED';
`;

const php = await php74( [] );
php.writeFile( '/tmp/compile.php', COMPILE );

/** @returns {Promise<string | null>} What is wrong, or null. */
async function compile( source ) {
	php.writeFile( '/tmp/source.php', source );
	const text = await php.run( { scriptPath: '/tmp/compile.php' } ).then(
		( answer ) => answer.text,
		( error ) => error.response?.text ?? String( error )
	);
	return text === 'COMPILED'
		? null
		: text.replaceAll( '/tmp/copy.php', 'it' ).trim() || 'no answer';
}

const problems = [];
for ( const [ source, good ] of CONTROLS ) {
	const wrong = await compile( source );
	if ( ( wrong === null ) !== good ) {
		problems.push( `The check itself: ${ source }: ${ wrong }` );
	}
}
const files = readdirSync( join( ROOT, 'plugin' ), { recursive: true } )
	.filter( ( name ) => name.endsWith( '.php' ) )
	.sort();
for ( const name of files ) {
	const wrong = await compile(
		readFileSync( join( ROOT, 'plugin', name ), 'utf8' )
	);
	if ( wrong !== null ) {
		problems.push( `plugin/${ name }: ${ wrong }` );
	}
}
for ( const problem of problems ) {
	console.log( problem );
}
console.log( `PHP 7.4 compiled ${ files.length } files.` );
// The WebAssembly PHP leaves handles open.
process.exit( problems.length > 0 || files.length === 0 ? 1 : 0 );
