/**
 * One deed done to many orders. It belongs to the page, not to the list: who opens an order
 * meanwhile finds it again, and what was accepted goes on without anybody.
 */
import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import { useCommand, useEvents, useOperation } from '../../api/client.tsx';
import type { ApiError } from '../../host.ts';
import { accepted, beginBulk, settled, stopped } from './bulk.ts';
import type { Bulk, Deed } from './bulk.ts';

/** So many are sent at once: a click is answered soon, and the progress is seen to move. */
const CHUNK = 10;
/** An event may come before the answer it belongs to; what is waited for is asked after. */
const LOOK_EVERY = 2500;

export interface BulkWork {
	readonly bulk: Bulk | null;
	readonly error: ApiError | null;
	readonly begin: ( deed: Deed, orderIds: readonly number[] ) => void;
	/** Sends no more. */
	readonly stop: () => void;
	/** Watches no longer; what was accepted goes on. Only once everything is sent. */
	readonly leave: () => void;
}

export function useBulk( connection: string ): BulkWork {
	const [ bulk, setBulk ] = useState< Bulk | null >( null );
	const [ error, setError ] = useState< ApiError | null >( null );
	const push = useCommand( 'ordersPush' ).run;
	const decide = useCommand( 'ordersDecide' ).run;
	const halted = useRef( false );

	const send = useCallback(
		( deed: Deed, orderIds: number[] ) =>
			deed === 'push'
				? push( { connection, orderIds, wait: false } )
				: decide( { connection, orderIds, decision: deed } ),
		[ connection, push, decide ]
	);
	const begin = useCallback(
		async ( deed: Deed, orderIds: readonly number[] ): Promise< void > => {
			halted.current = false;
			setError( null );
			setBulk( beginBulk( deed, orderIds ) );
			const change = ( work: ( bulk: Bulk ) => Bulk ): void =>
				setBulk( ( now ) => ( now === null ? null : work( now ) ) );
			for ( let at = 0; at < orderIds.length; at += CHUNK ) {
				if ( halted.current ) {
					change( ( now ) => ( { ...now, unsent: new Set() } ) );
					return;
				}
				const answer = await send(
					deed,
					orderIds.slice( at, at + CHUNK )
				);
				if ( ! answer.ok ) {
					setError( answer.error );
					change( ( now ) => stopped( now, answer.error.message ) );
					return;
				}
				for ( const result of answer.value.results ) {
					change( ( now ) =>
						accepted(
							now,
							result.orderId,
							'error' in result
								? { message: result.error.message }
								: { state: result.state }
						)
					);
				}
			}
		},
		[ send ]
	);
	useEvents( ( event ) => {
		if ( event.event === 'order' && event.connection === connection ) {
			setBulk( ( now ) =>
				now === null ? null : settled( now, event.orderId, event.state )
			);
		}
	} );
	const first = bulk?.waiting.values().next().value ?? null;
	const looked = useOperation(
		'ordersShow',
		first === null ? null : { connection, orderId: first },
		{ keep: false, every: LOOK_EVERY }
	).data;
	useEffect( () => {
		if ( looked !== null ) {
			setBulk( ( now ) =>
				now === null
					? null
					: settled( now, looked.orderId, looked.state )
			);
		}
	}, [ looked ] );
	return {
		bulk,
		error,
		begin: ( deed, orderIds ) => void begin( deed, orderIds ),
		stop: () => {
			halted.current = true;
		},
		leave: () => {
			setBulk( null );
			setError( null );
		},
	};
}
