/**
 * A process of its own that works on a database until it is killed. It says on stdout, one
 * JSON line each, what it was promised; what it said must still be true after its death.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/database/open.ts';
import type { TaskRequest } from '../../src/contracts/queue.ts';
import { memoryLogger, seededRandom } from './bench.ts';

const [ path = '', key = '', task = '' ] = process.argv.slice( 2 );

const database = await openDatabase( {
	path,
	key: Buffer.from( key, 'base64' ),
	clock: { now: () => Date.now(), sleep: ( ms ) => sleep( ms ) },
	random: seededRandom(),
	logger: memoryLogger(),
	owner: `child ${ process.pid }`,
} );
const order = ( id: number ): TaskRequest => ( {
	key: `main/order:${ id }`,
	kind: 'order',
	connection: 'main',
} );
const countOf = ( state: unknown ): number =>
	typeof state === 'object' && state !== null && 'sent' in state
		? Number( state.sent )
		: 0;
const say = ( fact: unknown ) =>
	process.stdout.write( `${ JSON.stringify( fact ) }\n` );

switch ( task ) {
	case 'enqueue':
		// Until it is killed: a hundred at a time, said as soon as they are promised.
		for ( let next = 0; ; next += 100 ) {
			const ids = Array.from(
				{ length: 100 },
				( _, index ) => next + index
			);
			await Promise.all(
				ids.map( async ( id ) => {
					await database.queue.enqueue( [ order( id ) ] );
					say( id );
				} )
			);
		}
	case 'claim': {
		await database.queue.enqueue( [ order( 1 ) ] );
		const claimed = await database.queue.claim();
		if ( ! claimed ) {
			throw new Error( 'There was nothing to claim.' );
		}
		const entry = {
			connection: 'main',
			subject: 'order:1',
			step: 'CreateOrder',
			ref: null,
		};
		await database.journal.intent( claimed.lease, entry );
		await database.locks.withLock(
			'contact',
			{ wait: 0 },
			async ( lease ) => {
				say( { task: claimed.lease.token, lock: lease.token } );
				await sleep( 600_000 );
			}
		);
		break;
	}
	case 'race':
		// With another of its kind, until both are killed: each says what it took.
		say( 'ready' );
		for (;;) {
			const claimed = await database.queue.claim();
			if ( claimed ) {
				say( claimed.key );
				await database.queue.settle( claimed.lease, { kind: 'done' } );
			} else {
				await sleep( 1 );
			}
		}
	case 'count':
		// Each reads what the other left, five hundred times.
		for ( let left = 500; left > 0; left -= 1 ) {
			await database.budgets.change( 'acme/private', ( state ) => ( {
				state: { sent: countOf( state ) + 1 },
				result: null,
			} ) );
		}
		await database.close();
		say( 'done' );
		break;
	default:
		throw new Error( `Unknown task ${ task }` );
}
