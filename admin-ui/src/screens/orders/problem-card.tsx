import { useId } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Problem } from '../../../../src/contracts/problem.ts';
import { useCommand } from '../../api/client.tsx';
import {
	CommandButton,
	ErrorNotice,
	Link,
	Time,
	ToneIcon,
	notify,
} from '../../components/index.ts';
import { problemTitle } from '../../components/problem-titles.ts';
import { adviceOf } from '../problems/advice.ts';
import { settingOf } from '../problems/groups.ts';

/** What, why, what to do; and another try, where that can help. */
export function ProblemCard( {
	problem,
	onRetried,
	choice = false,
}: {
	readonly problem: Problem;
	/** What is to be chosen stands below: another try alone settles nothing. */
	readonly choice?: boolean;
	/** Null in a dry run, whose problem is on no list: it cannot be retried. */
	readonly onRetried: ( () => void ) | null;
} ) {
	const id = useId();
	const retry = useCommand( 'problemsRetry' );
	const setting = settingOf( problem );
	const { message, cause, fix } = adviceOf(
		problem,
		choice ? 'order' : 'elsewhere'
	);
	const run = async (): Promise< void > => {
		const answer = await retry.run( {
			connection: problem.connection,
			ids: [ problem.id ],
		} );
		if ( answer.ok ) {
			notify( __( 'Tried again.', 'pearlbridge' ), 'info' );
			onRetried?.();
		}
	};
	return (
		<section className="pb-problem" aria-labelledby={ id }>
			<div className="pb-problem__head">
				<ToneIcon tone="error" />
				<h2 id={ id }>{ problemTitle( problem.code ) }</h2>
				<span className="pb-muted">
					<Time at={ problem.since } />
				</span>
			</div>
			<div className="pb-problem__body">
				<ErrorNotice error={ retry.error } onDismiss={ retry.reset } />
				<p className="pb-problem__what">{ message }</p>
				<dl>
					{ cause !== null && (
						<div>
							<dt>{ __( 'Why', 'pearlbridge' ) }</dt>
							<dd>{ cause }</dd>
						</div>
					) }
					{ fix !== null && (
						<div>
							<dt>{ __( 'What to do', 'pearlbridge' ) }</dt>
							<dd>{ fix }</dd>
						</div>
					) }
				</dl>
			</div>
			{ ( setting !== null || onRetried !== null ) && (
				<div className="pb-problem__actions">
					{ setting !== null && (
						<Link
							to={ setting }
							className="components-button is-secondary is-compact"
						>
							{ __( 'Open the setting', 'pearlbridge' ) }
						</Link>
					) }
					{ onRetried !== null &&
						( problem.retryable ? (
							<CommandButton
								size="compact"
								variant={
									setting === null && ! choice
										? 'primary'
										: 'secondary'
								}
								busy={ retry.busy }
								onClick={ () => void run() }
							>
								{ __( 'Retry', 'pearlbridge' ) }
							</CommandButton>
						) : (
							<span className="pb-muted">
								{ __(
									'Goes away by itself once it is fixed.',
									'pearlbridge'
								) }
							</span>
						) ) }
				</div>
			) }
		</section>
	);
}
