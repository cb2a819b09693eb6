/**
 * WooCommerce's deliveries at the door: verified over the raw bytes, made durable, answered.
 * A delivery is a hint: it makes a task for its order and carries nothing else. Deliveries are
 * never told apart by their id, which is not unique; several collapse into one task.
 *
 * A connection that is still to be filled in takes deliveries as well: their tasks are parked, and
 * begin once it is complete.
 */
import type { ConnectionRecord } from '../contracts/connection.ts';
import type { Database, SecretReader } from '../contracts/database.ts';
import { MINUTE } from '../contracts/primitives.ts';
import { PRIORITY, taskKey, type Queue } from '../contracts/queue.ts';
import type { Clock, Logger, Random } from '../contracts/world.ts';
import { verifyWebhook, type WebhookVerdict } from '../woocommerce/webhook.ts';
import type { ConnectionsRegistry } from './connections.ts';
import type { DeliveryGuard } from './pairing/delivery-guard.ts';
import { isTopic } from './watch/webhook-plan.ts';
import { keepDelivery } from './watch/webhook-state.ts';

export type IntakeAnswer =
	| 'accepted'
	| 'ping'
	| 'bad-signature'
	| 'unknown-connection'
	| 'cannot-store';

export interface DeliveryTime {
	readonly id: number | null;
	readonly topic: string;
	readonly at: string;
}

export interface Intake {
	webhook( request: {
		readonly connection: string;
		readonly rawBody: Uint8Array;
		readonly headers: Readonly<
			Record< string, string | string[] | undefined >
		>;
		/** As it was requested, with query; absent = the connection's own. */
		readonly path?: string;
	} ): Promise< IntakeAnswer >;
	/** The last delivery of each topic since the service started; a new one is kept, too. */
	deliveries( connection: string ): readonly DeliveryTime[];
}

export function createIntake( parts: {
	readonly connections: ConnectionsRegistry;
	readonly queue: Queue;
	readonly readSecret: SecretReader;
	/** Absent = deliveries are believed wherever they come from. */
	readonly guard?: DeliveryGuard;
	/** Where the times of deliveries are kept beyond this process; absent = nowhere. */
	readonly kept?: Pick< Database, 'cache' >;
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
} ): Intake {
	const { connections, queue, readSecret, guard, clock, random, logger } =
		parts;
	const last = new Map< string, Map< string, DeliveryTime > >();
	const keptAt = new Map< string, number >();

	/** At most once a minute for each topic, and never waited for: it is for looking at alone. */
	function keep( connection: string, delivery: DeliveryTime ): void {
		const key = `${ connection } ${ delivery.topic }`;
		const now = clock.now();
		if (
			parts.kept === undefined ||
			! isTopic( delivery.topic ) ||
			now - ( keptAt.get( key ) ?? -Infinity ) < MINUTE
		) {
			return;
		}
		keptAt.set( key, now );
		keepDelivery( parts.kept, connection, delivery ).catch(
			( error: unknown ) => {
				logger.debug(
					{ connection, err: error },
					'The time of a delivery could not be kept.'
				);
			}
		);
	}

	/** Good for an hour after it was replaced: deliveries under way were signed with it. */
	function previousSecret( {
		previousWebhookSecret,
	}: ConnectionRecord[ 'store' ] ): string | null {
		if (
			previousWebhookSecret === undefined ||
			Date.parse( previousWebhookSecret.until ) <= clock.now()
		) {
			return null;
		}
		const secret = readSecret( previousWebhookSecret.secret );
		return secret.ok ? secret.value : null;
	}

	return {
		async webhook( { connection, rawBody, headers, path } ) {
			const stored = await connections.stored( connection );
			if ( stored === null ) {
				return 'unknown-connection';
			}
			const { webhookSecret } = stored.record.store;
			const secret =
				webhookSecret === undefined
					? null
					: readSecret( webhookSecret );
			if ( secret !== null && ! secret.ok ) {
				logger.error(
					{ connection, code: secret.problem.code },
					'The webhook secret cannot be read; deliveries are turned away.'
				);
				return 'cannot-store';
			}
			const flat = Object.fromEntries(
				Object.entries( headers ).map( ( [ name, value ] ) => [
					name.toLowerCase(),
					Array.isArray( value )
						? value.join( ',' )
						: ( value ?? '' ),
				] )
			);
			const verifyWith = ( text: string ): WebhookVerdict =>
				verifyWebhook( { rawBody, headers: flat, secret: text } );
			const now = verifyWith(
				// Without a secret nothing can be verified: no delivery fits a random one.
				secret?.value ??
					Buffer.from( random.bytes( 32 ) ).toString( 'hex' )
			);
			const before = previousSecret( stored.record.store );
			const delivery =
				now.kind === 'rejected' && before !== null
					? verifyWith( before )
					: now;
			if ( delivery.kind === 'ping' ) {
				return 'ping';
			}
			if ( delivery.kind === 'rejected' ) {
				return 'bad-signature';
			}
			const signature = await guard?.signatureOf( {
				connection,
				path: path ?? `/webhooks/woocommerce/${ connection }`,
				rawBody,
				headers: flat,
			} );
			if ( signature === 'forged' ) {
				return 'bad-signature';
			}
			if (
				delivery.kind === 'unreadable' ||
				( signature === 'unsigned' &&
					( await guard?.isFromShop(
						connection,
						delivery.source
					) ) === false )
			) {
				return 'accepted';
			}
			const webhookId = Number( flat[ 'x-wc-webhook-id' ] );
			const heard: DeliveryTime = {
				id: Number.isInteger( webhookId ) ? webhookId : null,
				topic: delivery.topic,
				at: new Date( clock.now() ).toISOString(),
			};
			const topics =
				last.get( connection ) ?? new Map< string, DeliveryTime >();
			last.set( connection, topics.set( delivery.topic, heard ) );
			keep( connection, heard );
			if ( delivery.orderId === null ) {
				return 'accepted';
			}
			try {
				await queue.enqueue( [
					{
						key: taskKey( connection, 'order', delivery.orderId ),
						kind: 'order',
						connection,
						priority: PRIORITY.order,
					},
				] );
			} catch ( error ) {
				logger.error(
					{ connection, err: error },
					'A delivery could not be stored.'
				);
				return 'cannot-store';
			}
			return 'accepted';
		},
		deliveries( connection ) {
			return [ ...( last.get( connection )?.values() ?? [] ) ];
		},
	};
}
