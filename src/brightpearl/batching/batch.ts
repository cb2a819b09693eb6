/**
 * Writes that wait together leave together: up to ten in one multi-message, which costs one
 * request (platform reference, §1.6). One that is alone goes as a call of its own, and all do
 * where the account takes no batches.
 */
import type { Cache } from '../../contracts/database.ts';
import { HOUR, MINUTE } from '../../contracts/primitives.ts';
import type { World } from '../../contracts/world.ts';
import type { Lane } from '../api/lanes.ts';
import type { Question } from '../transport/attempt.ts';
import { tellEach, type Told } from './batch-answer.ts';
import { createBatchMemory } from './batch-memory.ts';
import type { Ask, Call, Sent } from '../transport/call.ts';
import { closed } from '../transport/closed.ts';
import { concernOf } from './concern.ts';
import { createGather, type Departure, type Waiting } from './gather.ts';
import {
	batchCall,
	isBatchable,
	judgeBatch,
	MOST_MESSAGES,
	readMessages,
} from './multi-message.ts';
import type { Exchanged, Transport } from '../transport/transport.ts';
import { createTurns } from './turns.ts';

/** The setting `budget.batch`. */
export type BatchMode = 'sequential' | 'parallel' | 'off';

/** A lone write waits so long for company; where ten are to be expected, so long. */
const LONE = 15;
const BUSY = 1000;
/** Ten writes, maybe one after the other. */
const TIMEOUT = 2 * MINUTE;

/** How long a refusal is believed: of the resource itself, or of what was sent to it. */
const REFUSED = 24 * HOUR;
const DOUBTED = HOUR;
/** Answers in a row that are none to a batch. */
const MOST_STUMBLES = 3;
const isOfTheResource = ( status: number | null ): boolean =>
	status !== null && [ 403, 404, 405, 501 ].includes( status );

export interface Batcher {
	/** Like the transport's; `count` is called once for a batch, that of its most urgent member. */
	ask( lane: Lane, count: () => void ): Ask;
	/** Sends those who wait for company away; what has left comes to its end. */
	close(): void;
}

export interface BatcherDeps {
	readonly transport: Transport;
	readonly world: World;
	readonly mode: BatchMode;
	/** How many orders are worked on. */
	readonly company?: () => number;
	readonly cache: Cache;
	/** `bp:{account}` */
	readonly scope: string;
	/** The app's reference or client id. */
	readonly app: string;
	/** Shown what was answered to each message; must not throw. */
	readonly seen?: ( call: Call, sent: Sent ) => void;
}

interface Item {
	readonly call: Call;
	readonly count: () => void;
}
type Member = Waiting< Item, Sent >;

export function createBatcher( deps: BatcherDeps ): Batcher {
	const { mode, transport, world } = deps;
	const { clock } = world;
	const memory = createBatchMemory( {
		...deps,
		clock,
		logger: world.logger,
	} );
	const inTurn = createTurns();
	let stumbles = 0;

	const { report } = transport;

	/** Each as a call of its own; those of one key one after the other. */
	async function sendSingly( members: readonly Member[] ): Promise< void > {
		const ends = new Map< string, Promise< void > >();
		const sends = members.map( ( { item, lane, settle } ) => {
			const key = concernOf( item.call );
			const send = async (): Promise< void > =>
				settle( await transport.ask( lane, item.count )( item.call ) );
			if ( key === null ) {
				return send();
			}
			const end = ( ends.get( key ) ?? Promise.resolve() ).then( send );
			ends.set( key, end );
			return end;
		} );
		await Promise.allSettled( sends );
		await Promise.all( sends );
	}

	async function tell(
		members: readonly Member[],
		told: ( at: number ) => Told
	): Promise< void > {
		const again: Member[] = [];
		await Promise.all(
			members.map( async ( member, at ) => {
				const sent = told( at );
				if ( sent === null ) {
					again.push( member );
				} else {
					await inTurn( () => member.settle( sent ) );
				}
			} )
		);
		await sendSingly( again );
	}

	/** Each member learns what became of its own message. */
	async function deliver(
		members: readonly Member[],
		{ sent, attempt }: Exchanged
	): Promise< void > {
		if ( attempt === null || sent.kind === 'none' ) {
			await tell( members, () => sent );
			return;
		}
		const { status, verdict } = attempt;
		if ( sent.kind === 'answer' ) {
			stumbles = 0;
			const messages = readMessages( sent.body, members.length );
			if ( messages.every( ( { kind } ) => kind === 'untold' ) ) {
				await memory.refused( null, DOUBTED );
			}
			const calls = members.map( ( { item } ) => item.call );
			const told = tellEach( calls, messages, attempt, report );
			for ( const [ at, call ] of calls.entries() ) {
				const own = told[ at ];
				if ( own ) {
					deps.seen?.( call, own );
				}
			}
			await tell( members, ( at ) => told[ at ] ?? null );
			return;
		}
		if ( verdict.kind === 'refused' && status !== null && status >= 400 ) {
			// Refused as a whole, so none was executed: their own answers tell more.
			await memory.refused(
				verdict.failure,
				isOfTheResource( status ) ? REFUSED : DOUBTED
			);
			await sendSingly( members );
			return;
		}
		stumbles = verdict.kind === 'stumbled' ? stumbles + 1 : stumbles;
		if (
			stumbles >= MOST_STUMBLES ||
			( verdict.kind === 'outage' && isOfTheResource( status ) )
		) {
			stumbles = 0;
			await memory.refused( sent.failure, DOUBTED );
		}
		await tell( members, () => sent );
	}

	function questionOf( members: readonly Member[] ): Question | null {
		const [ first, ...others ] = members;
		if ( ! first ) {
			return null;
		}
		if ( others.length === 0 ) {
			return { call: first.item.call };
		}
		return {
			call: batchCall(
				members.map( ( { item } ) => item.call ),
				mode === 'parallel' ? 'PARALLEL' : 'SEQUENTIAL'
			),
			judge: judgeBatch,
			messages: members.length,
			timeout: TIMEOUT,
		};
	}

	async function leave(
		departure: Departure< Item, Sent >
	): Promise< void > {
		let taken: readonly Member[] | null = null;
		const members = (): readonly Member[] => taken ?? [];
		const exchanged = await transport.exchange(
			departure.lane,
			() => members()[ 0 ]?.item.count(),
			() => questionOf( ( taken ??= departure.take() ) )
		);
		if ( exchanged === null ) {
			return;
		}
		if ( taken === null ) {
			for ( const { settle } of departure.giveUp() ) {
				settle( exchanged.sent );
			}
			return;
		}
		const [ first, ...others ] = members();
		if ( first && others.length === 0 ) {
			first.settle( exchanged.sent );
			return;
		}
		await deliver( members(), exchanged );
	}

	const gather = createGather< Item, Sent >( {
		clock,
		pace: () =>
			mode === 'off' || memory.isRefused()
				? { most: 1, lone: 0, busy: 0 }
				: {
						most: MOST_MESSAGES,
						lone: LONE,
						busy: BUSY,
						company: deps.company?.() ?? 0,
					},
		keyOf: ( { call } ) => concernOf( call ),
		// What is worked on side by side has no order.
		together: () => mode === 'sequential',
		leave,
		closed: () => ( {
			kind: 'failed',
			failure: closed().failure,
			status: null,
			sentAt: clock.now(),
		} ),
	} );

	return {
		ask: ( lane, count ) => async ( call ) => {
			if ( ! isBatchable( call ) ) {
				return transport.ask( lane, count )( call );
			}
			if ( mode !== 'off' ) {
				await memory.ready();
			}
			return gather.add( { call, count }, lane );
		},
		close: () => gather.close(),
	};
}
