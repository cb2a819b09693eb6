/** Orders of earlier days: begun here, and followed while they are brought over. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Backfill } from '../../../../../src/contracts/answers.ts';
import { useOperation } from '../../../api/client.tsx';
import {
	Empty,
	ErrorNotice,
	Link,
	Panel,
	ScreenHeading,
	Skeleton,
	announce,
} from '../../../components/index.ts';
import type { Target } from '../../../router/route.ts';
import { BeginPanel } from './begin.tsx';
import { BackfillItem } from './item.tsx';
import { backfillName, progressWords } from './progress.ts';

/** Orders tell of themselves; what is counted is asked for, so that a missed event does no harm. */
const LOOK_EVERY = 4000;

export function BackfillScreen( {
	connection,
	list,
}: {
	readonly connection: string;
	readonly list: Target;
} ) {
	const [ running, setRunning ] = useState( false );
	const { data, error, reload } = useOperation(
		'backfillList',
		{ connection },
		{
			refreshOn: ( event ) =>
				event.event === 'order' && event.connection === connection,
			...( running ? { every: LOOK_EVERY } : {} ),
		}
	);
	const items = data?.items ?? null;
	useEffect( () => {
		setRunning( items?.some( isRunning ) ?? false );
	}, [ items ] );
	useEndAnnouncement( items );
	const [ begun, setBegun ] = useState< number | null >( null );
	useEffect( () => {
		// The dialog that began it is gone; reading goes on at what it began.
		const heading = document.getElementById( `pb-backfill-${ begun }` );
		if ( begun !== null && heading !== null ) {
			setBegun( null );
			heading.focus();
		}
	}, [ begun, items ] );
	return (
		<div className="pb-backfills">
			<ScreenHeading
				title={ __( 'Earlier orders', 'pearlbridge' ) }
				back={
					<Link to={ list }>
						{ __( '← All orders', 'pearlbridge' ) }
					</Link>
				}
			/>
			<div className="pb-stack">
				<BeginPanel
					connection={ connection }
					onBegun={ ( { id } ) => {
						setBegun( id );
						reload();
					} }
				/>
				<Panel title={ __( 'Backfills', 'pearlbridge' ) } flush>
					{ error !== null && (
						<div className="pb-compare__notice">
							<ErrorNotice error={ error } retry={ reload } />
						</div>
					) }
					{ items === null && error === null && (
						<div className="pb-compare__notice">
							<Skeleton height="120px" />
						</div>
					) }
					{ items?.length === 0 && (
						<Empty title={ __( 'No backfill yet', 'pearlbridge' ) }>
							{ __(
								'Most shops need none: orders placed after go-live arrive by themselves.',
								'pearlbridge'
							) }
						</Empty>
					) }
					{ items !== null && items.length > 0 && (
						<ul
							className="pb-backfills__list"
							aria-label={ __(
								'Backfills, newest first',
								'pearlbridge'
							) }
						>
							{ items.map( ( backfill ) => (
								<BackfillItem
									key={ backfill.id }
									connection={ connection }
									backfill={ backfill }
									onChanged={ reload }
								/>
							) ) }
						</ul>
					) }
				</Panel>
			</div>
		</div>
	);
}

/** Counting its orders takes a moment longer than the last of them. */
function isRunning( { state, remaining }: Backfill ): boolean {
	return state === 'running' || ( state === 'done' && remaining > 0 );
}

/** Who does not see the bar fill is told once it is full. */
function useEndAnnouncement( items: readonly Backfill[] | null ): void {
	const before = useRef< readonly Backfill[] >( [] );
	useEffect( () => {
		for ( const backfill of items ?? [] ) {
			const earlier = before.current.find(
				( { id } ) => id === backfill.id
			);
			if ( earlier?.state === 'running' && backfill.state === 'done' ) {
				announce(
					sprintf(
						/* translators: 1: days of a backfill, 2: how it ended, such as "12 of 12 synced" */
						__( 'Backfill %1$s is done: %2$s', 'pearlbridge' ),
						backfillName( backfill ),
						progressWords( backfill )
					)
				);
			}
		}
		before.current = items ?? [];
	}, [ items ] );
}
