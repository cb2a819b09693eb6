/** One backfill: its days, how far it is, and what can be done with it. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Backfill } from '../../../../../src/contracts/answers.ts';
import type { ConsoleOperationName } from '../../../../../src/contracts/console.ts';
import { useCommand } from '../../../api/client.tsx';
import {
	Badge,
	CommandButton,
	Confirm,
	ErrorNotice,
	Link,
	Time,
	announce,
	formatNumber,
} from '../../../components/index.ts';
import {
	backfillLabel,
	backfillName,
	partsOf,
	pausedText,
	progressWords,
} from './progress.ts';

type Deed = Extract<
	ConsoleOperationName,
	'backfillPause' | 'backfillResume' | 'backfillCancel'
>;

export function BackfillItem( {
	connection,
	backfill,
	onChanged,
}: {
	readonly connection: string;
	readonly backfill: Backfill;
	readonly onChanged: () => void;
} ) {
	const pause = useCommand( 'backfillPause' );
	const resume = useCommand( 'backfillResume' );
	const cancel = useCommand( 'backfillCancel' );
	const [ asking, setAsking ] = useState( false );
	const cancelled = useRef( false );
	const { id, state, problems, remaining, startedAt } = backfill;
	const open = state === 'running' || state === 'paused';
	const name = backfillName( backfill );
	const heading = useRef< HTMLHeadingElement >( null );
	useEffect( () => {
		// Ended, its buttons are gone, and with them the one that had the focus.
		if ( ! open && cancelled.current ) {
			cancelled.current = false;
			heading.current?.focus( { preventScroll: true } );
		}
	}, [ open ] );
	const busy = pause.busy || resume.busy || cancel.busy;
	const run = async ( deed: Deed, said: string ): Promise< void > => {
		const commands = {
			backfillPause: pause,
			backfillResume: resume,
			backfillCancel: cancel,
		};
		for ( const { reset } of Object.values( commands ) ) {
			reset();
		}
		const answer = await commands[ deed ].run( { connection, id } );
		if ( answer.ok ) {
			setAsking( false );
			cancelled.current = deed === 'backfillCancel';
			announce( said );
		}
		onChanged();
	};
	return (
		<li className="pb-backfill">
			<div className="pb-backfill__head">
				<h3
					id={ `pb-backfill-${ id }` }
					ref={ heading }
					tabIndex={ -1 }
				>
					{ name }
				</h3>
				<Badge label={ backfillLabel( backfill ) } />
				{ startedAt !== null && (
					<span className="pb-muted">
						{ __( 'begun', 'pearlbridge' ) }{ ' ' }
						<Time at={ startedAt } />
					</span>
				) }
			</div>
			<Bar backfill={ backfill } name={ name } />
			<p className="pb-backfill__words">{ progressWords( backfill ) }</p>
			{ state === 'paused' && (
				<p className="pb-muted">{ pausedText() }</p>
			) }
			<ErrorNotice
				error={ pause.error ?? resume.error }
				onDismiss={ () => {
					pause.reset();
					resume.reset();
				} }
			/>
			<div className="pb-row">
				{ open && (
					<CommandButton
						size="compact"
						variant={ state === 'paused' ? 'primary' : 'secondary' }
						busy={ pause.busy || resume.busy }
						disabled={ busy }
						label={
							state === 'paused'
								? sprintf(
										/* translators: %s: days of a backfill */
										__( 'Resume: %s', 'pearlbridge' ),
										name
									)
								: sprintf(
										/* translators: %s: days of a backfill */
										__( 'Pause: %s', 'pearlbridge' ),
										name
									)
						}
						onClick={ () =>
							state === 'paused'
								? void run(
										'backfillResume',
										__( 'It goes on.', 'pearlbridge' )
									)
								: void run( 'backfillPause', pausedText() )
						}
					>
						{ state === 'paused'
							? __( 'Resume', 'pearlbridge' )
							: __( 'Pause', 'pearlbridge' ) }
					</CommandButton>
				) }
				{ open && (
					<CommandButton
						size="compact"
						variant="tertiary"
						destructive
						disabled={ busy }
						label={ sprintf(
							/* translators: %s: days of a backfill */
							__( 'Stop for good: %s', 'pearlbridge' ),
							name
						) }
						onClick={ () => setAsking( true ) }
					>
						{ __( 'Stop for good', 'pearlbridge' ) }
					</CommandButton>
				) }
				{ problems > 0 && (
					<Link
						to={ {
							screen: 'orders',
							connection,
							query: { state: 'problem' },
						} }
					>
						{ __( 'See what is in the way', 'pearlbridge' ) }
					</Link>
				) }
			</div>
			{ asking && (
				<Confirm
					title={ __(
						'Stop this backfill for good?',
						'pearlbridge'
					) }
					action={ __( 'Stop the backfill', 'pearlbridge' ) }
					destructive
					busy={ cancel.busy }
					error={ cancel.error }
					onConfirm={ () =>
						void run(
							'backfillCancel',
							__( 'The backfill is stopped.', 'pearlbridge' )
						)
					}
					onClose={ () => {
						cancel.reset();
						setAsking( false );
					} }
				>
					<p>
						{ sprintf(
							/* translators: %s: number of orders */
							_n(
								'The %s order that is left is not pushed. What is in Brightpearl already stays there.',
								'The %s orders that are left are not pushed. What is in Brightpearl already stays there.',
								remaining,
								'pearlbridge'
							),
							formatNumber( remaining )
						) }
					</p>
					<p>
						{ __(
							'It cannot be resumed. You can begin another one for the same days.',
							'pearlbridge'
						) }
					</p>
				</Confirm>
			) }
		</li>
	);
}

function Bar( {
	backfill,
	name,
}: {
	readonly backfill: Backfill;
	readonly name: string;
} ) {
	const { total, remaining } = backfill;
	return (
		<div
			className="pb-backfill__bar"
			role="progressbar"
			aria-label={ sprintf(
				/* translators: %s: days of a backfill */
				__( 'Progress: %s', 'pearlbridge' ),
				name
			) }
			aria-valuemin={ 0 }
			aria-valuemax={ total }
			aria-valuenow={ Math.max( 0, total - remaining ) }
			aria-valuetext={ progressWords( backfill ) }
		>
			{ partsOf( backfill ).map( ( part ) => (
				<span
					key={ part.name }
					className={ `is-${ part.name }` }
					style={ { inlineSize: `${ part.share }%` } }
				/>
			) ) }
		</div>
	);
}
