/** Problems: what, why, what to do; tried again one by one or all together. */
import { useEffect, useMemo, useRef, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { useHost } from '../../api/client.tsx';
import {
	CommandButton,
	Empty,
	ErrorNotice,
	Note,
	Progress,
	ScreenHeading,
	Skeleton,
	formatNumber,
} from '../../components/index.ts';
import type { ScreenProps } from '../../screens.ts';
import { useStatus } from '../../status.tsx';
import { GroupCard } from './group.tsx';
import { groupProblems } from './groups.ts';
import { countsOf } from './retries.ts';
import { SelectedBar } from './selected-bar.tsx';
import type { Retries } from './retries.ts';
import { useProblems } from './use-problems.ts';

const NONE: ReadonlySet< string > = new Set();

export default function ProblemsScreen( { connection }: ScreenProps ) {
	const host = useHost();
	const status = useStatus();
	const { list, items, retry, retries, run, forget } =
		useProblems( connection );
	const groups = useMemo( () => groupProblems( items ?? [] ), [ items ] );
	const total = list.data?.total ?? 0;
	const retryable = ( items ?? [] ).filter(
		( problem ) => problem.retryable
	);
	const [ chosen, setChosen ] = useState( NONE );
	// What is solved meanwhile is chosen no more.
	const selected = retryable.filter( ( { id } ) =>
		chosen.has( String( id ) )
	);
	const selection =
		retryable.length > 1
			? {
					selected: new Set(
						selected.map( ( { id } ) => String( id ) )
					),
					onChange: setChosen,
				}
			: null;
	const several = ( status.data?.connections.length ?? 0 ) > 1;
	return (
		<FocusKeeper
			shown={ `${ items?.length ?? 0 } ${ selected.length > 0 }` }
		>
			<ScreenHeading
				title={ __( 'Problems', 'pearlbridge' ) }
				meta={
					items !== null &&
					items.length > 0 && (
						<span className="pb-muted">
							{ sprintf(
								/* translators: %s: number of problems */
								_n(
									'%s open',
									'%s open',
									total,
									'pearlbridge'
								),
								formatNumber( total )
							) }
						</span>
					)
				}
			>
				{ retryable.length > 1 && (
					<CommandButton
						variant="primary"
						busy={ retry.busy || countsOf( retries ).waiting > 0 }
						onClick={ () => void run( null, retryable ) }
					>
						{ __( 'Retry all', 'pearlbridge' ) }
					</CommandButton>
				) }
			</ScreenHeading>
			<ErrorNotice error={ retry.error } onDismiss={ retry.reset } />
			<ErrorNotice error={ list.error } retry={ list.reload } />
			<RetryProgress retries={ retries } onDismiss={ forget } />
			{ items !== null && total > items.length && (
				<Note status="info">
					{ sprintf(
						/* translators: %s: number of problems */
						__(
							'Only the oldest %s are shown here. Retry all tries the others again, too.',
							'pearlbridge'
						),
						formatNumber( items.length )
					) }
				</Note>
			) }
			{ items === null && list.error === null && (
				<Skeleton height="240px" />
			) }
			{ items?.length === 0 && (
				<Empty title={ __( 'Nothing needs you', 'pearlbridge' ) }>
					{ __(
						'Orders go to Brightpearl and stock comes back by themselves. When something waits for a decision, it is explained here.',
						'pearlbridge'
					) }
				</Empty>
			) }
			<div className="pb-stack">
				{ groups.map( ( group ) => (
					<GroupCard
						key={ group.key }
						group={ group }
						showConnection={
							several &&
							host.connection === null &&
							connection === null
						}
						retries={ retries }
						selection={ selection }
						onRetry={ ( problems ) =>
							void run(
								problems.map( ( { id } ) => id ),
								problems
							)
						}
					/>
				) ) }
			</div>
			{ selected.length > 0 && (
				<SelectedBar
					count={ selected.length }
					busy={ retry.busy }
					onRetry={ () => {
						setChosen( NONE );
						void run(
							selected.map( ( { id } ) => id ),
							selected
						);
					} }
					onClear={ () => setChosen( NONE ) }
				/>
			) }
		</FocusKeeper>
	);
}

function RetryProgress( {
	retries,
	onDismiss,
}: {
	readonly retries: Retries;
	readonly onDismiss: () => void;
} ) {
	const { waiting, solved, again, total } = countsOf( retries );
	if ( total === 0 ) {
		return null;
	}
	if ( waiting > 0 ) {
		return (
			<div className="pb-retrying">
				<span>
					{ sprintf(
						/* translators: 1: number of problems done, 2: number of problems retried */
						__( 'Retrying: %1$s of %2$s done', 'pearlbridge' ),
						formatNumber( total - waiting ),
						formatNumber( total )
					) }
				</span>
				<Progress
					label={ __( 'Retrying', 'pearlbridge' ) }
					value={ total - waiting }
					max={ total }
				/>
			</div>
		);
	}
	const text =
		again === 0
			? sprintf(
					/* translators: %s: number of problems */
					_n(
						'%s problem solved.',
						'%s problems solved.',
						solved,
						'pearlbridge'
					),
					formatNumber( solved )
				)
			: sprintf(
					/* translators: 1: number of problems solved, 2: number of problems that are there again */
					__(
						'%1$s solved, %2$s came back. What they say now stands below.',
						'pearlbridge'
					),
					formatNumber( solved ),
					formatNumber( again )
				);
	return (
		<Note
			status={ again === 0 ? 'success' : 'warning' }
			spoken={ text }
			onDismiss={ onDismiss }
		>
			{ text }
		</Note>
	);
}

/** A card that disappears must not take the focus to the top of the document. */
function FocusKeeper( {
	shown,
	children,
}: {
	/** Changes when something may have disappeared. */
	readonly shown: string;
	readonly children: ReactNode;
} ) {
	const box = useRef< HTMLDivElement >( null );
	const inside = useRef( false );
	useEffect( () => {
		const lost = document.activeElement === document.body;
		if ( inside.current && lost ) {
			box.current?.querySelector< HTMLElement >( 'h1' )?.focus( {
				preventScroll: true,
			} );
		}
	}, [ shown ] );
	return (
		<div
			ref={ box }
			onFocus={ () => {
				inside.current = true;
			} }
			onBlur={ ( { relatedTarget } ) => {
				// Blurred by a click elsewhere, not by disappearing.
				if ( relatedTarget !== null ) {
					inside.current =
						box.current?.contains( relatedTarget ) ?? false;
				}
			} }
		>
			{ children }
		</div>
	);
}
