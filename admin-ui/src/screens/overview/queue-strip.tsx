import { __ } from '@wordpress/i18n';
import type { Status } from '../../../../src/contracts/answers.ts';
import { formatNumber } from '../../components/index.ts';

/** What is being worked on at this moment, in four numbers. */
export function QueueStrip( {
	queue: { ready, running, retrying, parked },
}: {
	readonly queue: Status[ 'queue' ];
} ) {
	const items = [
		{ label: __( 'Waiting', 'pearlbridge' ), count: ready },
		{ label: __( 'In progress', 'pearlbridge' ), count: running },
		{
			label: __( 'Being retried', 'pearlbridge' ),
			count: retrying,
			tone: 'warning',
		},
		{
			label: __( 'Stopped by a problem', 'pearlbridge' ),
			count: parked,
			tone: 'error',
		},
	];
	return (
		<div
			role="group"
			aria-label={ __(
				'Orders and other work in the queue',
				'pearlbridge'
			) }
		>
			<dl className="pb-strip">
				{ items.map( ( { label, count, tone } ) => (
					<div
						key={ label }
						className={
							count > 0 && tone !== undefined
								? `is-${ tone }`
								: ''
						}
					>
						<dt>{ label }</dt>
						<dd>{ formatNumber( count ) }</dd>
					</div>
				) ) }
			</dl>
		</div>
	);
}
