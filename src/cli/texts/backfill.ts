import type { Backfill } from '../../contracts/answers.ts';

export function backfillText( backfill: Backfill ): string {
	if ( backfill.id === 0 ) {
		return `${ backfill.total } orders would be pushed.`;
	}
	const days =
		backfill.from === null || backfill.to === null
			? ''
			: ` (${ backfill.from } to ${ backfill.to })`;
	return `Backfill ${ backfill.id }${ days } is ${ backfill.state }: ${ backfill.synced } of ${ backfill.total } synced, ${ backfill.problems } with problems, ${ backfill.remaining } remaining.`;
}
