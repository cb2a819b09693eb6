/** Somebody who is signed in to WordPress, or nobody: cookies, nonce, the REST API. */
import { z } from 'zod';

export interface RestAnswer< T = unknown > {
	readonly status: number;
	readonly body: T;
}

export interface Person {
	/** As a browser keeps them. */
	readonly cookies: ReadonlyMap< string, string >;
	/** `route` below `/wp-json/`. */
	rest< T = unknown >(
		method: string,
		route: string,
		body?: unknown,
		headers?: Readonly< Record< string, string > >
	): Promise< RestAnswer< T > >;
	/** The same; anything but 2xx throws. */
	must< T >( method: string, route: string, body?: unknown ): Promise< T >;
	/** A page of the site, as text. */
	page( path: string ): Promise< RestAnswer< string > >;
	/** Sends a form; where it leads is not followed. */
	submit(
		path: string,
		fields: Readonly< Record< string, string > >
	): Promise< RestAnswer< string > >;
}

/** What WordPress says of a refusal. */
export const wpErrorSchema = z.object( {
	code: z.string(),
	message: z.string(),
} );

function person(
	home: string,
	cookies: ReadonlyMap< string, string >,
	nonce: string | null
): Person {
	const cookie = [ ...cookies ]
		.map( ( [ name, value ] ) => `${ name }=${ value }` )
		.join( '; ' );
	const common = {
		...( cookie === '' ? {} : { cookie } ),
	};
	const one: Person = {
		cookies,
		async rest< T >(
			method: string,
			route: string,
			body?: unknown,
			headers: Readonly< Record< string, string > > = {}
		) {
			const answer = await fetch( `${ home }/wp-json/${ route }`, {
				method,
				headers: {
					...common,
					...( nonce === null ? {} : { 'x-wp-nonce': nonce } ),
					'content-type': 'application/json',
					...headers,
				},
				...( body === undefined
					? {}
					: { body: JSON.stringify( body ) } ),
			} );
			const text = await answer.text();
			return { status: answer.status, body: parse( text ) as T };
		},
		async must< T >( method: string, route: string, body?: unknown ) {
			const { status, body: said } = await one.rest< T >(
				method,
				route,
				body
			);
			if ( status < 200 || status > 299 ) {
				throw new Error(
					`${ method } ${ route } answered ${ status }: ${ JSON.stringify( said ).slice( 0, 2000 ) }`
				);
			}
			return said;
		},
		async page( path ) {
			const answer = await fetch( `${ home }${ path }`, {
				headers: common,
			} );
			return { status: answer.status, body: await answer.text() };
		},
		async submit( path, fields ) {
			const answer = await fetch( `${ home }${ path }`, {
				method: 'POST',
				redirect: 'manual',
				headers: common,
				body: new URLSearchParams( fields ),
			} );
			return { status: answer.status, body: await answer.text() };
		},
	};
	return one;
}

function parse( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return text;
	}
}

export const nobody = ( home: string ): Person =>
	person( home, new Map(), null );

export async function signIn(
	home: string,
	{ user, password }: { readonly user: string; readonly password: string }
): Promise< Person > {
	const answer = await fetch( `${ home }/wp-login.php`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
		body: new URLSearchParams( {
			log: user,
			pwd: password,
			testcookie: '1',
		} ),
	} );
	const cookies = new Map(
		answer.headers.getSetCookie().map( ( line ) => {
			const [ pair = '' ] = line.split( ';' );
			const at = pair.indexOf( '=' );
			return [ pair.slice( 0, at ), pair.slice( at + 1 ) ] as const;
		} )
	);
	if ( answer.status !== 302 ) {
		throw new Error( `${ user } could not sign in at ${ home }.` );
	}
	const { body: nonce } = await person( home, cookies, null ).page(
		'/wp-admin/admin-ajax.php?action=rest-nonce'
	);
	return person( home, cookies, nonce.trim() );
}

/** The notices of a page of wp-admin, as text. */
export function noticesOf( html: string ): string {
	return [
		...html.matchAll(
			/<div[^>]*class="[^"]*\bnotice\b[^"]*"[^>]*>([\s\S]*?)<\/div>/g
		),
	]
		.map( ( [ , inner = '' ] ) =>
			inner
				.replaceAll( /<[^>]*>/g, ' ' )
				.replaceAll( /\s+/g, ' ' )
				.trim()
		)
		.join( '\n' );
}
