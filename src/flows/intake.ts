/**
 * WooCommerce's deliveries at the door: verified over the raw bytes, made durable, answered.
 * A delivery is a hint: it makes a task for its order and carries nothing else. Deliveries are
 * never told apart by their id, which is not unique; several collapse into one task.
 */
import type { SecretReader } from '../contracts/database.ts';
import { PRIORITY, taskKey, type Queue } from '../contracts/queue.ts';
import type { Clock, Logger, Random } from '../contracts/world.ts';
import { verifyWebhook } from '../woocommerce/webhook.ts';
import type { ConnectionsRegistry } from './connections.ts';

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
	} ): Promise< IntakeAnswer >;
	/** The last delivery of each topic since the service started. */
	deliveries( connection: string ): readonly DeliveryTime[];
}

export function createIntake( parts: {
	readonly connections: ConnectionsRegistry;
	readonly queue: Queue;
	readonly readSecret: SecretReader;
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
} ): Intake {
	const { connections, queue, readSecret, clock, random, logger } = parts;
	const last = new Map< string, Map< string, DeliveryTime > >();

	return {
		async webhook( { connection, rawBody, headers } ) {
			const live = await connections.find( connection );
			if ( live === null ) {
				return 'unknown-connection';
			}
			const { webhookSecret } = live.stored.file.store;
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
			const delivery = verifyWebhook( {
				rawBody,
				headers: flat,
				// Without a secret nothing can be verified: no delivery fits a random one.
				secret:
					secret?.value ??
					Buffer.from( random.bytes( 32 ) ).toString( 'hex' ),
			} );
			if ( delivery.kind === 'ping' ) {
				return 'ping';
			}
			if ( delivery.kind === 'rejected' ) {
				return 'bad-signature';
			}
			if ( delivery.kind === 'unreadable' ) {
				return 'accepted';
			}
			const webhookId = Number( flat[ 'x-wc-webhook-id' ] );
			const topics =
				last.get( connection ) ?? new Map< string, DeliveryTime >();
			last.set(
				connection,
				topics.set( delivery.topic, {
					id: Number.isInteger( webhookId ) ? webhookId : null,
					topic: delivery.topic,
					at: new Date( clock.now() ).toISOString(),
				} )
			);
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
