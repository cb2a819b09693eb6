/**
 * The text both sides sign (pairing design, C3, *Signature v1*). No host and no port: proxies
 * change them, and the path is taken below the base URL for the same reason.
 */
import { createHash } from 'node:crypto';

/** What is signed beside the time and the nonce. */
export interface SignedRequest {
	readonly method: string;
	/** Path with query below the base URL, as it goes over the wire: `/v1/events?after=12`. */
	readonly path: string;
	/** Byte for byte; empty when there is none. */
	readonly body: Uint8Array;
}

export function canonicalString( {
	keyId,
	timestamp,
	nonce,
	request,
}: {
	readonly keyId: string;
	/** Unix seconds as the header has them. */
	readonly timestamp: string;
	readonly nonce: string;
	readonly request: SignedRequest;
} ): string {
	return [
		'v1',
		keyId,
		timestamp,
		nonce,
		request.method.toUpperCase(),
		request.path,
		createHash( 'sha256' ).update( request.body ).digest( 'hex' ),
	].join( '\n' );
}

/**
 * The part of `url` that is signed; null when it is not below `base`. Compared as text and not
 * normalised, because PHP and Node normalise differently.
 */
export function pathBelow( base: string, url: string ): string | null {
	const root = base.replace( /\/+$/, '' );
	const path = url.startsWith( root ) ? url.slice( root.length ) : '';
	return path.startsWith( '/' ) ? path : null;
}
