/** The list of problems, and what becomes of those that are tried again. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { _n, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import type { FlowEvent } from '../../../../src/contracts/events.ts';
import type { Problem } from '../../../../src/contracts/problem.ts';
import { useCommand, useEvents, useOperation } from '../../api/client.tsx';
import { formatNumber } from '../../components/format.ts';
import { announce } from '../../components/notify.tsx';
import { MOST_PROBLEMS } from './most-problems.ts';
import {
	NO_RETRIES,
	begun,
	countsOf,
	ended,
	firstWaiting,
	heard,
	listed,
	seen,
} from './retries.ts';

/** After this nobody waits any more: the work goes on, the button comes back. */
const PATIENCE = 90_000;

const LOOK_AFTER = 3000;
const LOOK_EVERY = 2500;

export function concernsProblems( { event, ...rest }: FlowEvent ): boolean {
	return (
		event === 'problem' ||
		event === 'order' ||
		( event === 'changed' && 'what' in rest && rest.what === 'problems' )
	);
}

export function useProblems( connection: string | null ) {
	const list = useOperation(
		'problemsList',
		{ connection, limit: MOST_PROBLEMS },
		{ refreshOn: concernsProblems, keep: false }
	);
	const retry = useCommand( 'problemsRetry' );
	const [ retries, setRetries ] = useState( NO_RETRIES );
	const items = list.data?.items ?? null;

	useSolvedAnnouncement( items );
	useEffect( () => {
		if ( items !== null ) {
			setRetries( ( before ) => listed( before, items ) );
		}
	}, [ items ] );
	useEvents( ( event ) =>
		setRetries( ( before ) => heard( before, event ) )
	);
	const waiting = countsOf( retries ).waiting > 0;
	const latest = useRef( items );
	useEffect( () => {
		latest.current = items;
	} );
	useEffect( () => {
		if ( ! waiting ) {
			return undefined;
		}
		const timer = window.setTimeout(
			() =>
				setRetries( ( before ) =>
					ended( before, latest.current ?? [] )
				),
			PATIENCE
		);
		return () => window.clearTimeout( timer );
	}, [ waiting ] );

	const looked = useLook(
		retry.busy ? null : firstWaiting( retries ),
		waiting
	);
	useEffect( () => {
		if ( looked !== null ) {
			setRetries( ( before ) => seen( before, looked ) );
		}
	}, [ looked ] );

	const run = async (
		ids: readonly number[] | null,
		problems: readonly Problem[]
	): Promise< void > => {
		// Before the answer: the first may be solved by the time it comes.
		setRetries( ( before ) => begun( before, problems ) );
		const answer = await retry.run( {
			connection,
			ids: ids === null ? null : [ ...ids ],
		} );
		if ( ! answer.ok ) {
			setRetries( NO_RETRIES );
		}
		list.reload();
	};

	const forget = (): void => setRetries( NO_RETRIES );
	return { list, items, retry, retries, run, forget };
}

/**
 * Looks at an order that is waited for: one that comes to the same problem again says nothing new,
 * so no event tells of it. Not at once: it still stands as before until its turn has come.
 */
function useLook(
	order: ReturnType< typeof firstWaiting >,
	waiting: boolean
): Order | null {
	const [ patient, setPatient ] = useState( true );
	useEffect( () => {
		setPatient( true );
		if ( ! waiting ) {
			return undefined;
		}
		const timer = window.setTimeout(
			() => setPatient( false ),
			LOOK_AFTER
		);
		return () => window.clearTimeout( timer );
	}, [ waiting ] );
	return useOperation( 'ordersShow', patient ? null : order, {
		keep: false,
		every: LOOK_EVERY,
	} ).data;
}

/** Solved ones disappear from the screen; who does not see it is told. */
function useSolvedAnnouncement( items: readonly Problem[] | null ): void {
	const before = useRef< readonly Problem[] | null >( null );
	useEffect( () => {
		const ids = new Set( items?.map( ( { id } ) => id ) );
		const solved =
			items === null || before.current === null
				? 0
				: before.current.filter( ( { id } ) => ! ids.has( id ) ).length;
		before.current = items;
		if ( solved > 0 ) {
			announce(
				sprintf(
					/* translators: %s: number of problems */
					_n(
						'%s problem solved',
						'%s problems solved',
						solved,
						'pearlbridge'
					),
					formatNumber( solved )
				)
			);
		}
	}, [ items ] );
}
