/** Who may ask what is not for everybody: this machine, or the bearer of a token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Compares digests: equal lengths, and a time that tells nothing of the token. */
export function tokenCheck(
	token: string
): ( authorization: string | undefined ) => boolean {
	const digest = ( text: string ): Buffer =>
		createHash( 'sha256' ).update( text ).digest();
	const wanted = digest( `Bearer ${ token }` );
	return ( authorization ) =>
		timingSafeEqual( digest( authorization ?? '' ), wanted );
}

/** From this machine, and not passed on by a proxy that stands on it. */
export function isFromHere( { raw, headers }: FastifyRequest ): boolean {
	const { remoteAddress, localAddress } = raw.socket;
	return (
		remoteAddress !== undefined &&
		( /^(::ffff:)?127\.|^::1$/.test( remoteAddress ) ||
			remoteAddress === localAddress ) &&
		headers[ 'x-forwarded-for' ] === undefined &&
		headers[ 'forwarded' ] === undefined
	);
}
