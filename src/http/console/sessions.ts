/**
 * Who may use the console: a one-time login token becomes a session, kept in a cookie.
 *
 * A session ends 12 hours after it was last used, so that a browser left open over a weekend is
 * logged out, while a working day with its breaks is not interrupted; and after 7 days in any
 * case, so that a stolen cookie that is kept in use dies too. The latter end is part of the token
 * itself: the token is known by its hash, so nobody can move it.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Sessions } from '../../contracts/database.ts';
import { DAY, HOUR, MINUTE } from '../../contracts/primitives.ts';
import type { Clock, Random } from '../../contracts/world.ts';

const IDLE = 12 * HOUR;
const LONGEST = 7 * DAY;
/** Prolonged at most so often: reading a screen is no reason to write each time. */
const PROLONG_EVERY = 5 * MINUTE;
const TOKEN = /^[\w-]{43}\.([0-9a-z]{1,9})$/;

export interface OpenSession {
	/** Names the session without being able to open it. */
	readonly id: string;
	/** Must come with everything that changes something. */
	readonly csrf: string;
	isCsrf( given: string ): boolean;
	/** Milliseconds since the epoch. */
	readonly expiresAt: number;
}

export interface ConsoleSessions {
	/** The new session's cookie value; null when the login token is unknown, used or too old. */
	login( loginToken: string ): Promise< string | null >;
	/** The session of a request, which is prolonged by being used. */
	use( cookies: string | undefined ): Promise< OpenSession | null >;
	/** Whether it still is, without using it. */
	exists( id: string ): Promise< boolean >;
	end( id: string ): Promise< void >;
	/** `Set-Cookie`; `token` null = forget it. */
	cookie( token: string | null, secure: boolean ): string;
}

export function createConsoleSessions( {
	sessions,
	sidecarId,
	clock,
	random,
}: {
	readonly sessions: Sessions;
	readonly sidecarId: string;
	readonly clock: Clock;
	readonly random: Random;
} ): ConsoleSessions {
	// Browsers share cookies between the ports of a host: a second sidecar on this machine must
	// neither get our session nor overwrite it.
	const name = `pearlbridge-${ sidecarId.replaceAll( '-', '' ).slice( 0, 12 ) }`;

	return {
		async login( loginToken ) {
			if ( ! ( await sessions.takeLogin( sha256( loginToken ) ) ) ) {
				return null;
			}
			const end = clock.now() + LONGEST;
			// Always a new one, whatever cookie came along: none can be planted beforehand.
			const token = `${ Buffer.from( random.bytes( 32 ) ).toString( 'base64url' ) }.${ end.toString( 36 ) }`;
			await sessions.add( {
				tokenHash: sha256( token ),
				csrfHash: sha256( csrfOf( token ) ),
				expiresAt: clock.now() + IDLE,
			} );
			return token;
		},
		async use( cookies ) {
			const token = cookieOf( cookies, name );
			const end = parseInt( TOKEN.exec( token ?? '' )?.[ 1 ] ?? '0', 36 );
			const now = clock.now();
			if ( token === null || end <= now ) {
				return null;
			}
			const id = sha256( token );
			const found = await sessions.find( id );
			if ( found === null ) {
				return null;
			}
			const expiresAt = Math.min( now + IDLE, end );
			if ( expiresAt - found.expiresAt >= PROLONG_EVERY ) {
				await sessions.extend( id, expiresAt );
			}
			return {
				id,
				csrf: csrfOf( token ),
				isCsrf: ( given ) => isSame( sha256( given ), found.csrfHash ),
				expiresAt: Math.max( expiresAt, found.expiresAt ),
			};
		},
		async exists( id ) {
			return ( await sessions.find( id ) ) !== null;
		},
		end: ( id ) => sessions.remove( id ),
		cookie: ( token, secure ) =>
			[
				`${ name }=${ token ?? '' }`,
				'Path=/',
				`Max-Age=${ token === null ? 0 : LONGEST / 1000 }`,
				'HttpOnly',
				'SameSite=Strict',
				...( secure ? [ 'Secure' ] : [] ),
			].join( '; ' ),
	};
}

/** Both are digests; the time it takes tells nothing of them. */
function isSame( one: string, other: string ): boolean {
	return timingSafeEqual( Buffer.from( one ), Buffer.from( other ) );
}

function sha256( text: string ): string {
	return createHash( 'sha256' ).update( text ).digest( 'hex' );
}

/** Made from the session's token, so that every tab of the session has the same one. */
function csrfOf( token: string ): string {
	return createHmac( 'sha256', token ).update( 'csrf' ).digest( 'base64url' );
}

function cookieOf( header: string | undefined, name: string ): string | null {
	for ( const pair of ( header ?? '' ).split( ';' ) ) {
		const [ key, value ] = pair.split( '=', 2 );
		if ( key?.trim() === name ) {
			return value?.trim() ?? null;
		}
	}
	return null;
}
