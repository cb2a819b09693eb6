import type { Backfill } from '../../contracts/answers.ts';
import { count } from '../text.ts';

export function backfillText( backfill: Backfill ): string {
	const there =
		backfill.there === null || backfill.there === 0
			? ''
			: `; ${ backfill.there } ${ backfill.there === 1 ? 'is' : 'are' } in Brightpearl already`;
	if ( backfill.id === 0 ) {
		return `${ count( backfill.total, 'order' ) } would be pushed${ there }.`;
	}
	const days =
		backfill.from === null || backfill.to === null
			? ''
			: ` (${ backfill.from } to ${ backfill.to })`;
	return `Backfill ${ backfill.id }${ days } is ${ backfill.state }: ${ backfill.synced } of ${ backfill.total } synced, ${ backfill.problems } with problems, ${ backfill.remaining } remaining${ there }.`;
}

/** Of one that was just paused or cancelled. */
export function stoppedText( backfill: Backfill ): string {
	return `${ backfillText( backfill ) } Orders that are under way finish.`;
}
