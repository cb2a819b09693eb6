/**
 * The person's session at the sidecar's own address: begun by a one-time link whose token stands
 * in the fragment, kept in a cookie no script can read.
 */
import { sessionSchema } from '../../../src/contracts/console.ts';
import type { Session } from '../../../src/contracts/console.ts';
import type { SessionPort, SignedIn } from '../host.ts';

const LOGIN = /#login=([^&\s]+)/;

export interface SidecarSession extends SessionPort {
	csrf(): string | null;
	/** A call was refused for want of a session. */
	lost(): void;
}

export function createSession( base: URL ): SidecarSession {
	let state: SignedIn = { state: 'checking' };
	let session: Session | null = null;
	const listeners = new Set< () => void >();
	const set = ( next: SignedIn ): void => {
		state = next;
		if ( next.state !== 'in' ) {
			session = null;
		}
		listeners.forEach( ( listener ) => listener() );
	};

	const check = async (): Promise< void > => {
		const wasIn = state.state === 'in';
		const response = await send( base, 'console/session', null );
		if ( wasIn && state.state !== 'in' ) {
			// The person signed out, or in again, while this was asked.
			return;
		}
		if ( response?.ok ) {
			const read = sessionSchema.safeParse( await json( response ) );
			if ( read.success ) {
				session = read.data;
				set( { state: 'in', version: read.data.version } );
				return;
			}
		}
		if ( response?.status === 401 ) {
			set( { state: 'out', why: wasIn ? 'expired' : 'none' } );
		} else if ( ! wasIn ) {
			set( { state: 'out', why: 'unreachable' } );
		}
	};

	return {
		get: () => state,
		csrf: () => session?.csrf ?? null,
		subscribe( listener ) {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},
		check,
		async signIn( link ) {
			set( { state: 'checking' } );
			const response = await send( base, 'console/login', {
				token: tokenOf( link ) ?? link.trim(),
			} );
			// A refused link may have been used by another tab of this browser just now.
			await check();
			if ( state.state === 'out' && response !== null && ! response.ok ) {
				set( { state: 'out', why: 'used' } );
			}
		},
		async signOut() {
			const response = await send(
				base,
				'console/logout',
				{},
				session?.csrf
			);
			// Unheard, the session lives on: nobody may leave the machine believing otherwise.
			if ( response === null ) {
				return false;
			}
			set( { state: 'out', why: 'signed-out' } );
			return true;
		},
		lost() {
			if ( state.state === 'in' ) {
				set( { state: 'out', why: 'expired' } );
			}
		},
	};
}

/** The token in a link or fragment; null = there is none. */
export function tokenOf( link: string ): string | null {
	const token = LOGIN.exec( link )?.[ 1 ];
	return token === undefined ? null : decodeURIComponent( token );
}

async function send(
	base: URL,
	path: string,
	body: unknown,
	csrf?: string
): Promise< Response | null > {
	try {
		return await fetch( new URL( path, base ), {
			method: body === null ? 'GET' : 'POST',
			headers: {
				accept: 'application/json',
				...( body === null
					? {}
					: { 'content-type': 'application/json' } ),
				...( csrf === undefined ? {} : { 'x-pearlbridge-csrf': csrf } ),
			},
			...( body === null ? {} : { body: JSON.stringify( body ) } ),
			cache: 'no-store',
			signal: AbortSignal.timeout( 15_000 ),
		} );
	} catch {
		return null;
	}
}

export async function json( response: Response ): Promise< unknown > {
	try {
		return await response.json();
	} catch {
		return null;
	}
}
