/**
 * Brightpearl's deliveries at the door. They are not signed, come more than once, in any order or
 * not at all (platform reference, §6.4): each says only "look again", and what it asks for is a
 * task like any other. What they say beside that is Brightpearl's release.
 */
import type { DriftWatch } from '../brightpearl/answers/drift.ts';
import {
	readWebhook,
	type WebhookEvent,
} from '../brightpearl/services/webhook-event.ts';
import type { Database, StoredConnection } from '../contracts/database.ts';
import type { Meter } from '../contracts/meter.ts';
import type { TaskRequest } from '../contracts/queue.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import { isWebhookToken } from '../signing/webhook-token.ts';
import { isLive } from './connected.ts';
import type { ConnectionsRegistry } from './connections.ts';
import { hintedPull, MOST_HINTED } from './stock/hint.ts';

/** `unknown`: no such connection, or not its token; nobody is told which. */
export type BrightpearlIntakeAnswer = 'accepted' | 'unknown' | 'cannot-store';

export interface BrightpearlIntake {
	webhook( request: {
		readonly connection: string;
		readonly token: string;
		/** Byte for byte as it came. */
		readonly rawBody: Uint8Array;
	} ): Promise< BrightpearlIntakeAnswer >;
}

const STOCK_CHANGED = 'product.modified.on-hand-modified';

export function createBrightpearlIntake( parts: {
	readonly connections: Pick< ConnectionsRegistry, 'stored' >;
	readonly database: Pick< Database, 'products' | 'queue' >;
	readonly drift: Pick< DriftWatch, 'versionSeen' >;
	/** The service's own, 32 bytes. */
	readonly key: Uint8Array;
	readonly meter: Meter;
	readonly clock: Clock;
	readonly logger: Logger;
} ): BrightpearlIntake {
	const { clock, connections, database, drift, key, logger, meter } = parts;

	function count(
		connection: string,
		result: 'accepted' | 'ignored' | 'unreadable'
	): void {
		meter.count( 'brightpearl_webhooks', { connection, result } );
	}

	/** Null = nothing that moves by itself has to look again. */
	async function taskOf(
		{ file }: StoredConnection,
		account: string,
		{ event, ids }: WebhookEvent
	): Promise< TaskRequest | null > {
		const now = clock.now();
		if (
			event !== STOCK_CHANGED ||
			file === null ||
			! isLive( file.settings, now ) ||
			file.settings.stock.every === null
		) {
			return null;
		}
		const changed = [ ...new Set( ids ) ];
		if ( changed.length > MOST_HINTED ) {
			return hintedPull( file.name, null, now );
		}
		// Products our copy does not have are found by the next pull of everything.
		const known = await database.products.byId( account, changed );
		const skus = known
			.filter( ( { sku, stockTracked } ) => stockTracked && sku !== '' )
			.map( ( { sku } ) => sku );
		return skus.length === 0 ? null : hintedPull( file.name, skus, now );
	}

	async function take(
		stored: StoredConnection,
		rawBody: Uint8Array
	): Promise< void > {
		const { name: connection, brightpearl } = stored.record;
		const told = readWebhook( rawBody );
		if ( told === null ) {
			// Refused, it would be lost or come again for ever: neither helps anybody.
			logger.warn(
				{ connection, bytes: rawBody.byteLength },
				'A delivery of Brightpearl cannot be read; nothing is done about it.'
			);
			count( connection, 'unreadable' );
			return;
		}
		const account = brightpearl?.account ?? null;
		if (
			account === null ||
			( told.account !== null && told.account.toLowerCase() !== account )
		) {
			logger.warn(
				{ connection, account, told: told.account },
				'A delivery is of another Brightpearl account than the connection’s; it is ignored.'
			);
			count( connection, 'ignored' );
			return;
		}
		const task = await taskOf( stored, account, told );
		if ( task !== null ) {
			await database.queue.enqueue( [ task ] );
		}
		if ( told.version !== null ) {
			await drift.versionSeen( account, told.version );
		}
		count( connection, 'accepted' );
	}

	return {
		async webhook( { connection, token, rawBody } ) {
			// Before anything is looked up: how long it takes tells nobody which names exist.
			if ( ! isWebhookToken( key, connection, token ) ) {
				return 'unknown';
			}
			try {
				const stored = await connections.stored( connection );
				if ( stored === null ) {
					return 'unknown';
				}
				await take( stored, rawBody );
				return 'accepted';
			} catch ( error ) {
				logger.error(
					{ connection, err: error },
					'A delivery of Brightpearl could not be stored.'
				);
				return 'cannot-store';
			}
		},
	};
}
