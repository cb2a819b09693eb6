import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Problem } from '../../../../src/contracts/problem.ts';
import {
	CommandButton,
	Link,
	Time,
	ToneIcon,
	formatNumber,
} from '../../components/index.ts';
import type { Selection } from '../../components/index.ts';
import { SelectRow } from '../../components/selection.tsx';
import { problemTitle } from '../../components/problem-titles.ts';
import { adviceOf } from './advice.ts';
import { ordersOf, subjectOf } from './groups.ts';
import type { ProblemGroup } from './groups.ts';
import { SelectGroup } from './select-group.tsx';
import { subjectKey } from './retries.ts';
import type { Retries } from './retries.ts';
import { inWords } from './setting-names.ts';
import { countText, subjectText } from './subject-text.ts';

/** So many are shown at once; the rest on demand. */
const SHORT = 5;

export function GroupCard( {
	group,
	showConnection,
	retries,
	selection,
	onRetry,
}: {
	readonly group: ProblemGroup;
	readonly showConnection: boolean;
	readonly retries: Retries;
	/** Null where there is but one thing to retry. */
	readonly selection: Selection | null;
	readonly onRetry: ( problems: readonly Problem[] ) => void;
} ) {
	const [ all, setAll ] = useState( false );
	const { problems, code, connection, setting, wide } = group;
	const first = problems[ 0 ];
	if ( first === undefined ) {
		return null;
	}
	const advice = adviceOf( first );
	const retryable = problems.filter( ( problem ) => problem.retryable );
	const isBusy = ( problem: Problem ): boolean =>
		retries.get( subjectKey( problem ) ) === 'waiting';
	const busy = retryable.some( isBusy );
	const alike = problems.every(
		( { message } ) => message === first.message
	);
	const choosable =
		selection !== null && retryable.length > 1 ? selection : null;
	const shown = all ? problems : problems.slice( 0, SHORT );
	const more = problems.length - shown.length;
	const list = problems.length > 1 ? ordersOf( group ) : null;
	const deed = busy
		? __( 'Retrying…', 'pearlbridge' )
		: retryable.length > 1
			? sprintf(
					/* translators: %s: number of problems */
					__( 'Retry all %s', 'pearlbridge' ),
					formatNumber( retryable.length )
				)
			: __( 'Retry', 'pearlbridge' );
	return (
		<section className="pb-problem" aria-label={ problemTitle( code ) }>
			<div className="pb-problem__head">
				<ToneIcon tone={ wide ? 'error' : 'warning' } />
				<h2>{ problemTitle( code ) }</h2>
				{ problems.length > 1 && (
					<span className="pb-muted">{ countText( group ) }</span>
				) }
				{ showConnection && (
					<span className="pb-problem__connection">
						{ connection }
					</span>
				) }
			</div>
			<div className="pb-problem__body">
				{ alike && (
					<p className="pb-problem__what">{ advice.message }</p>
				) }
				<dl>
					{ advice.cause !== null && (
						<div>
							<dt>{ __( 'Why', 'pearlbridge' ) }</dt>
							<dd>{ advice.cause }</dd>
						</div>
					) }
					{ advice.fix !== null && (
						<div>
							<dt>{ __( 'What to do', 'pearlbridge' ) }</dt>
							<dd>{ advice.fix }</dd>
						</div>
					) }
				</dl>
				{ choosable !== null && (
					<SelectGroup
						problems={ retryable }
						title={ problemTitle( code ) }
						selection={ choosable }
					/>
				) }
				<ul className="pb-problem__subjects">
					{ shown.map( ( problem ) => (
						<SubjectLine
							key={ problem.id }
							problem={ problem }
							message={
								alike ? null : inWords( problem.message )
							}
							busy={ isBusy( problem ) }
							selection={ problem.retryable ? choosable : null }
							onRetry={
								problem.retryable && problems.length > 1
									? () => onRetry( [ problem ] )
									: null
							}
						/>
					) ) }
				</ul>
				{ more > 0 && (
					<Button variant="link" onClick={ () => setAll( true ) }>
						{ sprintf(
							/* translators: %s: number of problems not shown yet */
							_n(
								'Show %s more',
								'Show %s more',
								more,
								'pearlbridge'
							),
							formatNumber( more )
						) }
					</Button>
				) }
			</div>
			<div className="pb-problem__actions">
				{ list !== null && (
					<Link
						to={ list }
						className="components-button is-tertiary is-compact"
					>
						{ __( 'Show in the list of orders', 'pearlbridge' ) }
					</Link>
				) }
				{ setting !== null && (
					<Link
						to={ setting }
						className="components-button is-secondary is-compact"
					>
						{ __( 'Open the setting', 'pearlbridge' ) }
					</Link>
				) }
				{ retryable.length > 0 ? (
					<CommandButton
						size="compact"
						variant={ setting === null ? 'secondary' : 'tertiary' }
						busy={ busy }
						label={ sprintf(
							/* translators: 1: what the button says, 2: kind of problem */
							__( '%1$s: %2$s', 'pearlbridge' ),
							deed,
							problemTitle( code )
						) }
						onClick={ () => onRetry( retryable ) }
					>
						{ deed }
					</CommandButton>
				) : (
					<span className="pb-muted">
						{ __(
							'Goes away by itself once it is fixed.',
							'pearlbridge'
						) }
					</span>
				) }
			</div>
		</section>
	);
}

function SubjectLine( {
	problem,
	message,
	busy,
	selection,
	onRetry,
}: {
	readonly problem: Problem;
	readonly message: string | null;
	readonly busy: boolean;
	readonly selection: Selection | null;
	readonly onRetry: ( () => void ) | null;
} ) {
	const { kind, name, target } = subjectOf( problem );
	const text = subjectText( kind, name );
	return (
		<li>
			<span className="pb-problem__subject">
				{ selection !== null && (
					<SelectRow
						itemKey={ String( problem.id ) }
						label={ sprintf(
							/* translators: %s: an order or a SKU */
							__( 'Select %s', 'pearlbridge' ),
							text
						) }
						selection={ selection }
					/>
				) }
				{ target === null ? text : <Link to={ target }>{ text }</Link> }
			</span>
			<span className="pb-problem__message">{ message }</span>
			<span className="pb-muted">
				<Time at={ problem.since } />
			</span>
			{ onRetry !== null && (
				<CommandButton
					size="small"
					variant="tertiary"
					busy={ busy }
					label={ sprintf(
						/* translators: %s: an order or a SKU */
						__( 'Retry %s', 'pearlbridge' ),
						text
					) }
					onClick={ onRetry }
				>
					{ busy
						? __( 'Retrying…', 'pearlbridge' )
						: __( 'Retry', 'pearlbridge' ) }
				</CommandButton>
			) }
		</li>
	);
}
