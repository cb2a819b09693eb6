/**
 * Reading and changing settings by dotted path, as `settings get|set` do (command line's
 * contract, §2): VALUE is JSON or else text, `null` resets to the default, an object that is
 * given replaces the default object.
 */
import { explainError, issueDetails } from '../contracts/issues.ts';
import { isTree, type Tree } from '../contracts/json.ts';
import { settingsSchema, type Settings } from '../contracts/settings.ts';

interface Detail {
	readonly path: string;
	readonly message: string;
}

const DEFAULTS: Tree = settingsSchema.parse( {} );

/** Maps whose keys are the shop's words (`orders.status`): these take any key. */
function isKnown( path: readonly string[] ): boolean {
	let node: unknown = DEFAULTS;
	for ( const [ index, key ] of path.entries() ) {
		if ( ! isTree( node ) ) {
			return false;
		}
		if ( ! Object.hasOwn( node, key ) ) {
			return (
				index > 0 && OPEN_MAPS.has( path.slice( 0, index ).join( '.' ) )
			);
		}
		node = node[ key ];
	}
	return true;
}

const OPEN_MAPS: ReadonlySet< string > = new Set( [
	'orders.status',
	'orders.payments',
	'orders.shipping',
	'orders.nominal',
	'orders.customFields',
	'writeBack.status',
] );

/**
 * A dotted path; inside a map with the shop's own words the rest is one key, so that
 * `orders.shipping.flat_rate:2` and a method with a dot in its name can be written.
 */
function pathOf( key: string ): string[] {
	const parts = key.split( '.' );
	const map = parts.slice( 0, 2 ).join( '.' );
	return OPEN_MAPS.has( map ) && parts.length > 2
		? [ ...parts.slice( 0, 2 ), parts.slice( 2 ).join( '.' ) ]
		: parts;
}

function unknown( key: string ): { detail: Detail; fix: string } {
	return {
		detail: { path: key, message: 'is not a setting' },
		fix: `Settings are ${ Object.entries( DEFAULTS )
			.map( ( [ name, value ] ) =>
				isTree( value ) ? `${ name }.…` : name
			)
			.join( ', ' ) }; "settings get" shows them all.`,
	};
}

export function readSetting(
	settings: Settings,
	key: string
):
	| { readonly ok: true; readonly value: unknown }
	| { readonly ok: false; readonly detail: Detail; readonly fix: string } {
	const path = pathOf( key );
	if ( ! isKnown( path ) ) {
		return { ok: false, ...unknown( key ) };
	}
	let node: unknown = settings;
	for ( const part of path ) {
		node =
			isTree( node ) && Object.hasOwn( node, part ) ? node[ part ] : null;
	}
	return { ok: true, value: node };
}

/**
 * What a text may mean, most likely first: its JSON, then the text itself (`0.05` for a decimal
 * string). `null` is a value where the setting knows it (`stock.every`), else it resets.
 */
function meanings( text: string ): unknown[] {
	try {
		const value: unknown = JSON.parse( text );
		return value === null ? [ null, RESET ] : [ value, text ];
	} catch {
		return [ text ];
	}
}

const RESET = Symbol( 'reset' );

export function changeSettings(
	settings: Settings,
	changes: readonly { readonly key: string; readonly text: string }[]
):
	| { readonly ok: true; readonly settings: Settings }
	| {
			readonly ok: false;
			readonly details: Detail[];
			readonly fix: string | null;
	  } {
	let draft: Tree = settings;
	const unknownKeys: Detail[] = [];
	let fix: string | null = null;
	for ( const { key, text } of changes ) {
		const path = pathOf( key );
		if ( ! isKnown( path ) ) {
			const told = unknown( key );
			unknownKeys.push( told.detail );
			fix = told.fix;
			continue;
		}
		const drafts = meanings( text ).map( ( value ) =>
			assigned( draft, path, value )
		);
		draft =
			drafts.find( ( each ) => fits( each, path ) ) ??
			drafts[ 0 ] ??
			draft;
	}
	if ( unknownKeys.length > 0 ) {
		return { ok: false, details: unknownKeys, fix };
	}
	const read = settingsSchema.safeParse( draft, { error: explainError } );
	return read.success
		? { ok: true, settings: read.data }
		: { ok: false, details: issueDetails( read.error ), fix: null };
}

/** No fault at or below the path. */
function fits( draft: Tree, path: readonly string[] ): boolean {
	const { error } = settingsSchema.safeParse( draft );
	return ! error?.issues.some( ( issue ) =>
		path.every(
			( part, index ) => String( issue.path[ index ] ?? part ) === part
		)
	);
}

/** A copy with the value at the path; what is reset is left out, and the schema fills it in. */
function assigned( tree: Tree, path: readonly string[], value: unknown ): Tree {
	const [ key, ...rest ] = path;
	if ( key === undefined ) {
		return tree;
	}
	const { [ key ]: child, ...others } = tree;
	if ( rest.length > 0 ) {
		return {
			...others,
			[ key ]: assigned( isTree( child ) ? child : {}, rest, value ),
		};
	}
	return value === RESET ? others : { ...others, [ key ]: value };
}
