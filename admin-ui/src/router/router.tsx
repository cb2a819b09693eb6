/** Where the person is, and how they get elsewhere: the browser's own history and addresses. */
import { useSyncExternalStore } from '@wordpress/element';
import type { ComponentProps } from 'react';
import { formatRoute, parseRoute } from './route.ts';
import type { Route, Target } from './route.ts';

let last = { hash: '', route: parseRoute( '' ) };

function current(): Route {
	const { hash } = window.location;
	if ( hash !== last.hash ) {
		last = { hash, route: parseRoute( hash ) };
	}
	return last.route;
}

const listeners = new Set< () => void >();

function subscribe( listener: () => void ): () => void {
	listeners.add( listener );
	window.addEventListener( 'hashchange', listener );
	return () => {
		listeners.delete( listener );
		window.removeEventListener( 'hashchange', listener );
	};
}

export function useRoute(): Route {
	return useSyncExternalStore( subscribe, current );
}

/** `replace` for what is no step back: a filter being typed, an address completed. */
export function navigate(
	target: Target,
	{ replace = false }: { readonly replace?: boolean } = {}
): void {
	const hash = formatRoute( target );
	if ( hash === window.location.hash ) {
		return;
	}
	if ( replace ) {
		window.history.replaceState( window.history.state, '', hash );
		listeners.forEach( ( listener ) => listener() );
	} else {
		window.location.hash = hash;
	}
}

export function Link( {
	to,
	...more
}: { readonly to: Target } & Omit< ComponentProps< 'a' >, 'href' > ) {
	return <a href={ formatRoute( to ) } { ...more } />;
}
