/**
 * The four headers of a signed request (pairing design, C3, *Signature v1*). Own names, because
 * hosts strip `Authorization`.
 */

export const SIGNATURE_HEADERS = {
	key: 'x-bridge-key',
	timestamp: 'x-bridge-timestamp',
	nonce: 'x-bridge-nonce',
	signature: 'x-bridge-signature',
} as const;

/** Header names in lower case, as Node gives them. */
export type IncomingHeaders = Readonly<
	Record< string, string | readonly string[] | undefined >
>;

export interface ReadHeaders {
	readonly keyId: string;
	/** As it came: it is part of what was signed. */
	readonly timestamp: string;
	readonly nonce: string;
	/** The v1 signatures, 32 bytes each; several while a key rotates. */
	readonly signatures: readonly Uint8Array[];
}

const KEY_ID = /^[A-Za-z0-9_-]{8,64}$/;
const TIMESTAMP = /^[1-9]\d{0,11}$/;
/** 16 random bytes and more, base64url. */
const NONCE = /^[A-Za-z0-9_-]{22,128}$/;
const V1 = /^v1=([A-Za-z0-9+/]{43}=)$/;
/** Of a version we do not know: skipped, so that a newer peer can send both. */
const OTHER_VERSION = /^v([2-9]|[1-9]\d{1,2})=[A-Za-z0-9+/=_-]{1,200}$/;
const MOST_SIGNATURES = 8;

/** Null = the headers are missing or not what v1 writes. */
export function readHeaders( headers: IncomingHeaders ): ReadHeaders | null {
	const keyId = headers[ SIGNATURE_HEADERS.key ];
	const timestamp = headers[ SIGNATURE_HEADERS.timestamp ];
	const nonce = headers[ SIGNATURE_HEADERS.nonce ];
	const written = headers[ SIGNATURE_HEADERS.signature ];
	if (
		! fits( keyId, KEY_ID ) ||
		! fits( timestamp, TIMESTAMP ) ||
		! fits( nonce, NONCE ) ||
		typeof written !== 'string'
	) {
		return null;
	}
	const signatures = readSignatures( written );
	return signatures === null ? null : { keyId, timestamp, nonce, signatures };
}

/** A request that carries any of the four wants to be judged by them. */
export function isSigned( headers: IncomingHeaders ): boolean {
	return Object.values( SIGNATURE_HEADERS ).some(
		( name ) => headers[ name ] !== undefined
	);
}

function fits(
	value: string | readonly string[] | undefined,
	syntax: RegExp
): value is string {
	return typeof value === 'string' && syntax.test( value );
}

function readSignatures( written: string ): Uint8Array[] | null {
	const parts = written.split( ' ' );
	if ( parts.length > MOST_SIGNATURES ) {
		return null;
	}
	const found: Uint8Array[] = [];
	for ( const part of parts ) {
		const base64 = V1.exec( part )?.[ 1 ];
		if ( base64 !== undefined ) {
			found.push( Buffer.from( base64, 'base64' ) );
		} else if ( ! OTHER_VERSION.test( part ) ) {
			return null;
		}
	}
	return found.length === 0 ? null : found;
}
