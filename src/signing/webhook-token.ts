/**
 * The secret in the address that Brightpearl's webhooks go to: they are not signed and bring no
 * header of ours (platform reference, §6.2). It follows from the service's key and the
 * connection's name, so that there is nothing to keep and every process knows it.
 */
import { timingSafeEqual } from 'node:crypto';
import { hkdf } from './seal.ts';

/** Fits a path as it is. */
export function webhookToken( key: Uint8Array, connection: string ): string {
	return Buffer.from(
		hkdf( key, `brightpearl webhook v1 ${ connection }` )
	).toString( 'base64url' );
}

/** How long it takes tells nothing of how much was right. */
export function isWebhookToken(
	key: Uint8Array,
	connection: string,
	given: string
): boolean {
	const expected = Buffer.from( webhookToken( key, connection ) );
	const told = Buffer.from( given );
	return told.length === expected.length && timingSafeEqual( told, expected );
}
