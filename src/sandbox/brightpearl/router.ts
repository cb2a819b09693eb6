/**
 * From method and path to a route. A trailing slash is the same route (platform reference, §1.2).
 */
import type { Route } from './call.ts';

export interface Match {
	readonly route: Route;
	readonly params: Readonly< Record< string, string > >;
}

export type Router = ( method: string, path: string ) => Match | null;

interface Node {
	readonly fixed: Map< string, Node >;
	wild: Node | null;
	readonly routes: Map< string, Route >;
}

const createNode = (): Node => ( {
	fixed: new Map(),
	wild: null,
	routes: new Map(),
} );

const WILD = /^\{(\w+)\??\}$/;

function childFor( node: Node, part: string ): Node {
	if ( WILD.test( part ) ) {
		node.wild ??= createNode();
		return node.wild;
	}
	const child = node.fixed.get( part ) ?? createNode();
	node.fixed.set( part, child );
	return child;
}

const split = ( path: string ): string[] =>
	path.split( '/' ).filter( ( part ) => part !== '' );

export function createRouter( routes: readonly Route[] ): Router {
	const root = createNode();
	for ( const entry of routes ) {
		let node = root;
		for ( const part of split( entry.path ) ) {
			if ( part.endsWith( '?}' ) ) {
				node.routes.set( entry.method, entry );
			}
			node = childFor( node, part );
		}
		node.routes.set( entry.method, entry );
	}

	return ( method, path ) => {
		const values: string[] = [];
		let node = root;
		for ( const part of split( path ) ) {
			const fixed = node.fixed.get( part );
			if ( fixed ) {
				node = fixed;
				continue;
			}
			const value = decode( part );
			if ( ! node.wild || value === null ) {
				return null;
			}
			values.push( value );
			node = node.wild;
		}
		const found = node.routes.get( method );
		return found
			? { route: found, params: nameParams( found, values ) }
			: null;
	};
}

function decode( part: string ): string | null {
	try {
		return decodeURIComponent( part );
	} catch {
		return null;
	}
}

/** Two routes may name the same place differently: the names are the route's own. */
function nameParams(
	{ path }: Route,
	values: readonly string[]
): Record< string, string > {
	const names = split( path ).flatMap(
		( part ) => WILD.exec( part )?.[ 1 ] ?? []
	);
	return Object.fromEntries(
		values.map( ( value, index ) => [ names[ index ] ?? '', value ] )
	);
}
