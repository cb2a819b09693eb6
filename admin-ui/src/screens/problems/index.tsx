/** Problems: what, why, what to do; tried again one by one or all together. */
import { useEffect, useMemo, useRef } from '@wordpress/element';
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
import { totalOf } from './retries.ts';
import type { Retries } from './retries.ts';
import { useProblems } from './use-problems.ts';

export default function ProblemsScreen( { connection }: ScreenProps ) {
	const host = useHost();
	const status = useStatus();
	const { list, items, retry, retries, run } = useProblems( connection );
	const groups = useMemo( () => groupProblems( items ?? [] ), [ items ] );
	const retryable = ( items ?? [] ).filter(
		( problem ) => problem.retryable
	);
	const several = ( status.data?.connections.length ?? 0 ) > 1;
	return (
		<FocusKeeper shown={ items?.length ?? 0 }>
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
									items.length,
									'pearlbridge'
								),
								formatNumber( items.length )
							) }
						</span>
					)
				}
			>
				{ retryable.length > 1 && (
					<CommandButton
						variant="primary"
						busy={ retry.busy || retries.waiting.size > 0 }
						onClick={ () => void run( null, retryable ) }
					>
						{ __( 'Retry all', 'pearlbridge' ) }
					</CommandButton>
				) }
			</ScreenHeading>
			<ErrorNotice error={ retry.error } onDismiss={ retry.reset } />
			<ErrorNotice error={ list.error } retry={ list.reload } />
			<RetryProgress retries={ retries } />
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
						waiting={ retries.waiting }
						onRetry={ ( problems ) =>
							void run(
								problems.map( ( { id } ) => id ),
								problems
							)
						}
					/>
				) ) }
			</div>
		</FocusKeeper>
	);
}

function RetryProgress( { retries }: { readonly retries: Retries } ) {
	const total = totalOf( retries );
	if ( total === 0 ) {
		return null;
	}
	const done = total - retries.waiting.size;
	const text = sprintf(
		/* translators: 1: number of problems solved, 2: number of problems that came again, 3: number of problems tried again */
		__( '%1$s solved, %2$s still there, of %3$s retried', 'pearlbridge' ),
		formatNumber( retries.solved ),
		formatNumber( retries.again ),
		formatNumber( total )
	);
	return retries.waiting.size > 0 ? (
		<div className="pb-retrying">
			<span>{ text }</span>
			<Progress
				label={ __( 'Retrying', 'pearlbridge' ) }
				value={ done }
				max={ total }
			/>
		</div>
	) : (
		<Note
			status={ retries.again === 0 ? 'success' : 'warning' }
			spoken={ text }
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
	readonly shown: number;
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
