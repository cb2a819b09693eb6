/** What esbuild must know of zod, and of wp-admin, to build the console. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** What wp-admin has as globals, with the handle of the script that brings each. */
const GLOBALS = {
	react: [ 'React', 'react' ],
	'react-dom': [ 'ReactDOM', 'react-dom' ],
	'react/jsx-runtime': [ 'ReactJSXRuntime', 'react-jsx-runtime' ],
	'@wordpress/a11y': [ 'wp.a11y', 'wp-a11y' ],
	'@wordpress/api-fetch': [ 'wp.apiFetch', 'wp-api-fetch' ],
	'@wordpress/components': [ 'wp.components', 'wp-components' ],
	'@wordpress/element': [ 'wp.element', 'wp-element' ],
	'@wordpress/i18n': [ 'wp.i18n', 'wp-i18n' ],
};

/**
 * `import { z } from 'zod'` brings all of zod; `import * as z` lets esbuild leave out what is not
 * used. The contracts stay written as everybody writes zod.
 */
export const zodByName = {
	name: 'zod-by-name',
	setup( { onLoad } ) {
		onLoad(
			{ filter: /[\\/](?:admin-ui|src)[\\/].*\.tsx?$/ },
			( { path } ) => {
				const text = readFileSync( path, 'utf8' );
				return path.includes( 'node_modules' )
					? undefined
					: {
							contents: text.replace(
								/^import \{ z \} from 'zod';$/m,
								"import * as z from 'zod';"
							),
							loader: extname( path ) === '.tsx' ? 'tsx' : 'ts',
						};
			}
		);
	},
};

/**
 * Zod asks whether it may make functions from text by making one, which the policy of the
 * sidecar's page refuses and reports. `z.config` would come too late: schemas ask when they are
 * made, and chunks run before the entry that imports them.
 */
export const zodWithoutEval = {
	name: 'zod-without-eval',
	setup( { onLoad } ) {
		onLoad(
			{ filter: /[\\/]zod[\\/]v4[\\/]core[\\/]core\.js$/ },
			( { path } ) => {
				const text = readFileSync( path, 'utf8' );
				const contents = text.replace(
					'__zod_globalConfig = {}',
					'__zod_globalConfig = { jitless: true }'
				);
				if ( contents === text ) {
					throw new Error( `${ path } is not as it was.` );
				}
				return { contents };
			}
		);
	},
};

/**
 * Every schema of zod can be told as a JSON schema, which no console asks for: a tenth of the
 * script in wp-admin.
 */
export const withoutJsonSchemas = {
	name: 'without-json-schemas',
	setup( { onLoad } ) {
		onLoad(
			{
				filter: /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/,
			},
			( { path } ) => {
				const names = [
					...readFileSync( path, 'utf8' ).matchAll(
						/^export (?:const|function) (\w+)/gm
					),
				].map( ( [ , name ] ) => name );
				return {
					contents: `const leftOut = () => () => { throw new Error( 'There are no JSON schemas in the console.' ); };
						export { ${ names.map( ( name ) => `leftOut as ${ name }` ).join( ', ' ) } };`,
				};
			}
		);
	},
};

export function globals( used ) {
	return {
		name: 'globals',
		setup( { onResolve, onLoad } ) {
			onResolve(
				{ filter: /^(react|@wordpress\/)/ },
				( { path, kind } ) => {
					if ( kind === 'import-rule' ) {
						return undefined;
					}
					if ( GLOBALS[ path ] === undefined ) {
						return {
							errors: [
								{
									text: `wp-admin has no global for ${ path }`,
								},
							],
						};
					}
					used.add( GLOBALS[ path ][ 1 ] );
					return { path, namespace: 'global' };
				}
			);
			onLoad( { filter: /.*/, namespace: 'global' }, ( { path } ) => ( {
				contents: `module.exports = window.${ GLOBALS[ path ][ 0 ] };`,
			} ) );
		},
	};
}
