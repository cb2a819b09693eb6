/** The secret that a connection's webhooks are signed with; made when there is none. */
import { createHash } from 'node:crypto';
import type {
	ConnectionRecord,
	SecretInput,
} from '../../contracts/connection.ts';
import { hold, ok, type Result } from '../../contracts/result.ts';
import type { Connected } from '../connected.ts';
import { changing } from '../operations/changing.ts';
import type { WatchParts } from './parts.ts';

const BYTES = 32;

export interface WebhookSecret {
	readonly value: string;
	/** Tells one secret from another and nothing more: 32 bits of a digest. */
	readonly mark: string;
}

/** Null = there is none yet. A pointer is only read. */
export function readWebhookSecret(
	{ readSecret }: Pick< WatchParts, 'readSecret' >,
	{ name, store: { webhookSecret } }: ConnectionRecord
): Result< WebhookSecret > | null {
	return webhookSecret === undefined
		? null
		: read( readSecret, name, webhookSecret );
}

function read(
	readSecret: WatchParts[ 'readSecret' ],
	name: string,
	secret: SecretInput
): Result< WebhookSecret > {
	const found = readSecret( secret );
	return found.ok
		? ok( {
				value: found.value,
				mark: createHash( 'sha256' )
					.update( `${ name }\n${ found.value }` )
					.digest( 'hex' )
					.slice( 0, 8 ),
			} )
		: hold( { ...found.problem, field: 'store.webhookSecret' } );
}

/** Kept sealed in the connection before the shop is given it: its first delivery must be believed. */
export async function makeWebhookSecret(
	{ changed, readSecret }: Pick< WatchParts, 'changed' | 'readSecret' >,
	{ database, name, world }: Connected
): Promise< Result< WebhookSecret > > {
	const made = Buffer.from( world.random.bytes( BYTES ) ).toString( 'hex' );
	const kept = await changing< SecretInput >(
		{ database },
		name,
		async () => {
			const stored = await database.connections.find( name );
			const secret = stored?.record.store.webhookSecret;
			if ( secret !== undefined ) {
				return secret;
			}
			if ( stored !== null ) {
				await database.connections.replace( {
					...stored.record,
					store: { ...stored.record.store, webhookSecret: made },
				} );
			}
			return made;
		}
	);
	if ( ! kept.ok ) {
		return kept;
	}
	await changed();
	return read( readSecret, name, kept.value );
}
