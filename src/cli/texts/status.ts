import type { Status } from '../../contracts/answers.ts';
import type { Problem } from '../../contracts/problem.ts';
import { count, fields, sections, table } from '../text.ts';

export function statusText( status: Status ): string {
	const { service, queue } = status;
	return sections(
		fields( [
			[ 'Version', status.version ],
			[
				'Service',
				service.running
					? `runs at ${ service.url } (pid ${ service.pid }, since ${ service.startedAt })`
					: 'does not run',
			],
			[
				'Queue',
				`${ queue.ready } ready, ${ queue.running } running, ${ queue.retrying } retrying, ${ queue.parked } parked`,
			],
			[
				'Problems',
				status.problems === 0
					? 'none'
					: `${ count( status.problems, 'problem' ) }; see pearlbridge problems list`,
			],
		] ),
		table(
			[
				'Connection',
				'Live',
				'Health',
				'Orders',
				'Last push',
				'Last sweep',
				'Last stock run',
				'Why',
			],
			status.connections.map( ( one ) => [
				one.name,
				one.live,
				one.health,
				Object.entries( one.orders )
					.map( ( [ state, n ] ) => `${ n } ${ state }` )
					.join( ', ' ) || 'none',
				one.lastPushAt,
				one.sweep.at,
				one.stock.at,
				one.why ?? '',
			] ),
			'There is no connection yet.'
		)
	);
}

export function problemsText( items: readonly Problem[] ): string {
	return table(
		[ 'Id', 'Connection', 'Subject', 'Problem', 'What to do' ],
		items.map( ( problem ) => [
			problem.id,
			problem.connection,
			problem.subject,
			problem.message,
			problem.fix,
		] ),
		'There are no problems.'
	);
}
