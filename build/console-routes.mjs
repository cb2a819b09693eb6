/**
 * Writes plugin/src/Rest/console-routes.php: the operations the plugin lets through, with their
 * input as WordPress can check it. Made from the contracts, so that plugin and sidecar cannot
 * drift apart; a test holds the file against them (`--check`). Run by hand when the contracts
 * change: `node build/console-routes.mjs`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath( new URL( '..', import.meta.url ) );
const ROUTES_FILE = join( root, 'plugin/src/Rest/console-routes.php' );

/** The formats `rest_validate_value_from_schema()` knows; it would complain about others. */
const FORMATS = [ 'date-time', 'email', 'ip', 'uri', 'uuid' ];
/** What goes over as it is. */
const KEPT = [
	'enum',
	'maxItems',
	'maxLength',
	'maximum',
	'minItems',
	'minLength',
	'minimum',
	'multipleOf',
	'pattern',
];

/** @return {Promise<string>} The PHP file. */
async function consoleRoutes() {
	const { CONSOLE_OPERATIONS, OPERATIONS, SHOP_INPUTS, z } =
		await contracts();
	const routes = Object.entries( CONSOLE_OPERATIONS )
		.filter( ( [ , { bound } ] ) => bound !== null )
		.map( ( [ name, { kind, bound } ] ) => {
			const schema = z.toJSONSchema(
				SHOP_INPUTS[ name ] ?? OPERATIONS[ name ].input,
				{
					io: 'input',
					// A check in code (a duration, an address) is the sidecar's: WordPress sees the type.
					unrepresentable: 'any',
					reused: 'inline',
				}
			);
			delete schema.properties[ bound ];
			return [
				kebabCase( name ),
				{ name, kind, bound, input: forWordPress( schema ) },
			];
		} );
	return [
		'<?php',
		'/**',
		' * The operations the console may ask for through this site, by route, with their input.',
		' * Written by build/console-routes.mjs from the contracts of the sidecar; not by hand.',
		' *',
		' * @package Pearlbridge',
		' */',
		'',
		"defined( 'ABSPATH' ) || exit;",
		'',
		'// phpcs:disable WordPress.Arrays.MultipleStatementAlignment -- Long names are aligned, too.',
		`return ${ php( Object.fromEntries( routes ) ) };`,
		'',
	].join( '\n' );
}

/** The contracts are TypeScript, and whoever runs this may have any Node. */
async function contracts() {
	const folder = mkdtempSync( join( tmpdir(), 'pearlbridge-contracts-' ) );
	try {
		const outfile = join( folder, 'contracts.mjs' );
		await build( {
			absWorkingDir: root,
			stdin: {
				contents: [
					"export { CONSOLE_OPERATIONS } from './src/contracts/console.ts';",
					"export { OPERATIONS } from './src/contracts/operations.ts';",
					"export { SHOP_INPUTS } from './src/contracts/shop-inputs.ts';",
					"export { z } from 'zod';",
				].join( '\n' ),
				resolveDir: root,
			},
			bundle: true,
			format: 'esm',
			platform: 'neutral',
			mainFields: [ 'module', 'main' ],
			conditions: [ 'import' ],
			outfile,
			logLevel: 'warning',
		} );
		return await import( pathToFileURL( outfile ).href );
	} finally {
		rmSync( folder, { recursive: true, force: true } );
	}
}

function kebabCase( name ) {
	return name.replaceAll(
		/[A-Z]/g,
		( letter ) => `-${ letter.toLowerCase() }`
	);
}

/**
 * JSON Schema as zod writes it → the part of it WordPress checks. Never stricter than zod: what
 * WordPress has no word for is left to the sidecar.
 */
function forWordPress( schema ) {
	const choices = schema.anyOf ?? schema.oneOf;
	if ( choices !== undefined ) {
		return union( choices.map( forWordPress ) );
	}
	if ( schema.const !== undefined ) {
		return { type: typeof schema.const, enum: [ schema.const ] };
	}
	if ( schema.type === undefined && schema.enum === undefined ) {
		return { type: ANY };
	}
	const made = { type: schema.type };
	for ( const key of KEPT ) {
		if (
			schema[ key ] !== undefined &&
			! isSafeIntegerBound( schema, key )
		) {
			made[ key ] = schema[ key ];
		}
	}
	for ( const [ key, bound ] of [
		[ 'exclusiveMinimum', 'minimum' ],
		[ 'exclusiveMaximum', 'maximum' ],
	] ) {
		if ( schema[ key ] !== undefined ) {
			made[ bound ] = schema[ key ];
			made[ key ] = true;
		}
	}
	if ( FORMATS.includes( schema.format ) && schema.pattern === undefined ) {
		made.format = schema.format;
	}
	if ( schema.items !== undefined ) {
		made.items = forWordPress( schema.items );
	}
	if ( schema.type === 'object' ) {
		made.properties = Object.fromEntries(
			Object.entries( schema.properties ?? {} ).map(
				( [ name, value ] ) => [
					name,
					{
						...forWordPress( value ),
						...( schema.required?.includes( name ) === true
							? { required: true }
							: {} ),
					},
				]
			)
		);
		made.additionalProperties =
			schema.additionalProperties === undefined ||
			isAnything( schema.additionalProperties )
				? true
				: schema.additionalProperties === false
					? false
					: forWordPress( schema.additionalProperties );
	}
	return made;
}

const ANY = [ 'string', 'number', 'boolean', 'object', 'array', 'null' ];

function isAnything( schema ) {
	return typeof schema === 'object' && Object.keys( schema ).length === 0;
}

/** zod says of every integer that it is a safe one. */
function isSafeIntegerBound( schema, key ) {
	return (
		( key === 'minimum' || key === 'maximum' ) &&
		Math.abs( schema[ key ] ) === Number.MAX_SAFE_INTEGER
	);
}

/** Something or null is one schema of two types, as WordPress writes it. */
function union( choices ) {
	const others = choices.filter( ( { type } ) => type !== 'null' );
	const [ only ] = others;
	if ( others.length === 1 && others.length < choices.length ) {
		return only.enum === undefined
			? { ...only, type: [ only.type, 'null' ].flat() }
			: {
					...only,
					type: [ only.type, 'null' ].flat(),
					enum: [ ...only.enum, null ],
				};
	}
	// Without types of its own WordPress reports that it does not know what to check.
	return { anyOf: choices };
}

/** A value as PHP in WordPress's style: tabs, long arrays, arrows aligned. */
function php( value, depth = 0 ) {
	if (
		value === null ||
		typeof value === 'boolean' ||
		typeof value === 'number'
	) {
		return String( value );
	}
	if ( typeof value === 'string' ) {
		return quote( value );
	}
	const isList = Array.isArray( value );
	const entries = Object.entries( value );
	if ( entries.length === 0 ) {
		return 'array()';
	}
	if (
		isList &&
		value.every( ( item ) => typeof item !== 'object' || item === null )
	) {
		return `array( ${ value.map( ( item ) => php( item ) ).join( ', ' ) } )`;
	}
	const indent = '\t'.repeat( depth + 1 );
	const width = Math.max(
		...entries.map( ( [ key ] ) => quote( key ).length )
	);
	const lines = entries.map( ( [ key, item ] ) =>
		isList
			? `${ indent }${ php( item, depth + 1 ) },`
			: `${ indent }${ quote( key ).padEnd( width ) } => ${ php( item, depth + 1 ) },`
	);
	return `array(\n${ lines.join( '\n' ) }\n${ '\t'.repeat( depth ) })`;
}

function quote( text ) {
	return `'${ text.replaceAll( '\\', '\\\\' ).replaceAll( "'", "\\'" ) }'`;
}

if (
	process.argv[ 1 ] &&
	import.meta.url === pathToFileURL( process.argv[ 1 ] ).href
) {
	const text = await consoleRoutes();
	if ( ! process.argv.includes( '--check' ) ) {
		writeFileSync( ROUTES_FILE, text );
	} else if ( readFileSync( ROUTES_FILE, 'utf8' ) !== text ) {
		console.error(
			`${ ROUTES_FILE } is out of date: run node build/console-routes.mjs`
		);
		process.exitCode = 1;
	}
}
