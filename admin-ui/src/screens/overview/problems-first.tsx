/** The worst problems, at the top of the page; all of them are one click away. */
import { __, _n, sprintf } from '@wordpress/i18n';
import { useOperation } from '../../api/client.tsx';
import {
	ErrorNotice,
	Link,
	Panel,
	Skeleton,
	ToneIcon,
	formatNumber,
} from '../../components/index.ts';
import { problemTitle } from '../../components/problem-titles.ts';
import { adviceOf } from '../problems/advice.ts';
import { countText, subjectText } from '../problems/subject-text.ts';
import { groupProblems, subjectOf } from '../problems/groups.ts';
import type { ProblemGroup } from '../problems/groups.ts';
import { MOST_PROBLEMS } from '../problems/most-problems.ts';
import { concernsProblems } from '../problems/use-problems.ts';

const MOST = 4;

export function ProblemsFirst( {
	connection,
	open,
}: {
	readonly connection: string | null;
	/** How many there are, as the status says: none = nothing is asked for. */
	readonly open: number;
} ) {
	const { data, error, reload } = useOperation(
		'problemsList',
		open === 0 ? null : { connection, limit: MOST_PROBLEMS },
		{ refreshOn: concernsProblems, keep: false }
	);
	if ( open === 0 || data?.items.length === 0 ) {
		return null;
	}
	const title = titleOf( data?.total ?? open );
	if ( data === null ) {
		return error === null ? (
			<Panel title={ title }>
				<Skeleton lines={ 4 } />
			</Panel>
		) : (
			<ErrorNotice error={ error } retry={ reload } />
		);
	}
	const groups = groupProblems( data.items );
	const shown = groups.slice( 0, MOST );
	const all = { screen: 'problems', connection } as const;
	return (
		<Panel
			flush
			title={ title }
			actions={
				<Link to={ all }>{ __( 'All problems', 'pearlbridge' ) }</Link>
			}
		>
			<ul className="pb-worst">
				{ shown.map( ( group ) => (
					<li key={ group.key }>
						<ToneIcon tone={ group.wide ? 'error' : 'warning' } />
						<div>
							<strong>{ problemTitle( group.code ) }</strong>{ ' ' }
							<span className="pb-muted">{ whose( group ) }</span>
							<p>{ sayWhat( group ) }</p>
						</div>
						<Link
							to={
								group.setting ?? {
									...all,
									connection: group.connection,
								}
							}
							className="components-button is-secondary is-compact"
							aria-label={ sprintf(
								group.setting === null
									? /* translators: %s: kind of problem */
										__( 'Look: %s', 'pearlbridge' )
									: /* translators: %s: kind of problem */
										__( 'Fix: %s', 'pearlbridge' ),
								problemTitle( group.code )
							) }
						>
							{ group.setting === null
								? __( 'Look', 'pearlbridge' )
								: __( 'Fix', 'pearlbridge' ) }
						</Link>
					</li>
				) ) }
			</ul>
		</Panel>
	);
}

function titleOf( count: number ): string {
	return sprintf(
		/* translators: %s: number of problems */
		_n(
			'%s problem needs you',
			'%s problems need you',
			count,
			'pearlbridge'
		),
		formatNumber( count )
	);
}

function whose( group: ProblemGroup ): string {
	const [ first ] = group.problems;
	if ( first === undefined || group.problems.length > 1 ) {
		return countText( group );
	}
	const { kind, name } = subjectOf( first );
	return subjectText( kind, name );
}

/** What they have in common: the message of one, or else the way out. */
function sayWhat( { problems }: ProblemGroup ): string {
	const [ first ] = problems;
	if ( first === undefined ) {
		return '';
	}
	const { fix, message } = adviceOf( first );
	return problems.every( ( problem ) => problem.message === first.message )
		? message
		: ( fix ?? '' );
}
