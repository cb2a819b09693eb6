/** How far a backfill has got, in shares and in words. Pure. */
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Backfill } from '../../../../../src/contracts/answers.ts';
import { formatDay, formatNumber } from '../../../components/format.ts';
import type { Label, Tone } from '../../../components/labels.ts';

export interface Part {
	readonly name: 'synced' | 'problems';
	/** Percent of all. */
	readonly share: number;
}

/** What is done, in the order of the bar; what remains is the rest of it. */
export function partsOf( { total, synced, problems }: Backfill ): Part[] {
	const share = ( count: number ): number =>
		total === 0 ? 0 : ( Math.min( count, total ) / total ) * 100;
	const done: readonly Part[] = [
		{ name: 'synced', share: share( synced ) },
		{ name: 'problems', share: share( problems ) },
	];
	return done.filter( ( part ) => part.share > 0 );
}

export function progressWords( {
	total,
	synced,
	problems,
	remaining,
	there,
}: Backfill ): string {
	return [
		sprintf(
			/* translators: 1: number of orders that are done, 2: number of all orders */
			__( '%1$s of %2$s synced', 'pearlbridge' ),
			formatNumber( synced ),
			formatNumber( total )
		),
		...( problems === 0
			? []
			: [
					sprintf(
						/* translators: %s: number of orders */
						_n(
							'%s with a problem',
							'%s with a problem',
							problems,
							'pearlbridge'
						),
						formatNumber( problems )
					),
				] ),
		...( remaining === 0
			? []
			: [
					sprintf(
						/* translators: %s: number of orders */
						_n(
							'%s remaining',
							'%s remaining',
							remaining,
							'pearlbridge'
						),
						formatNumber( remaining )
					),
				] ),
		...thereWords( there ),
	].join( ', ' );
}

/** Days of the shop's zone; one that an earlier version began has none. */
export function backfillName( {
	id,
	from,
	to,
}: Pick< Backfill, 'id' | 'from' | 'to' > ): string {
	if ( from === null || to === null ) {
		/* translators: %s: number of a backfill */
		return sprintf( __( 'Backfill %s', 'pearlbridge' ), String( id ) );
	}
	return from === to ? formatDay( from ) : daysText( from, to );
}

export function daysText( from: string, to: string ): string {
	return sprintf(
		/* translators: 1: first day, 2: last day */
		__( '%1$s to %2$s', 'pearlbridge' ),
		formatDay( from ),
		formatDay( to )
	);
}

export function backfillLabel( { state, problems }: Backfill ): Label {
	switch ( state ) {
		case 'running':
			return { text: __( 'Running', 'pearlbridge' ), tone: 'info' };
		case 'paused':
			return { text: __( 'Paused', 'pearlbridge' ), tone: 'warning' };
		case 'cancelled':
			return { text: __( 'Stopped', 'pearlbridge' ), tone: 'neutral' };
		case 'done': {
			const tone: Tone = problems === 0 ? 'success' : 'warning';
			return { text: __( 'Done', 'pearlbridge' ), tone };
		}
	}
}

/** Why these days cannot be asked for; null = they can. */
export function daysFault( from: string, to: string ): string | null {
	return from === '' || to === ''
		? __( 'Choose the first and the last day.', 'pearlbridge' )
		: from > to
			? __( 'The first day is after the last one.', 'pearlbridge' )
			: null;
}

/** What a look at the days found. */
export function foundText( {
	total,
	there,
}: Pick< Backfill, 'total' | 'there' > ): string {
	const already = thereWords( there );
	if ( total === 0 ) {
		return already.length === 0
			? __( 'No order to push was placed on these days.', 'pearlbridge' )
			: sprintf(
					/* translators: %s: how many there are, such as "12 there already" */
					__( 'None to push, %s.', 'pearlbridge' ),
					already.join( '' )
				);
	}
	const push = sprintf(
		/* translators: %s: number of orders */
		_n( '%s order to push', '%s orders to push', total, 'pearlbridge' ),
		formatNumber( total )
	);
	return `${ [ push, ...already ].join( ', ' ) }.`;
}

/** Nothing where none is in Brightpearl yet, or nobody counted them. */
function thereWords( there: number | null ): readonly string[] {
	return there === null || there === 0
		? []
		: [
				sprintf(
					/* translators: %s: number of orders that are in Brightpearl already */
					_n(
						'%s there already',
						'%s there already',
						there,
						'pearlbridge'
					),
					formatNumber( there )
				),
			];
}

/** What a pause leaves: what was begun is not cut off. */
export function pausedText(): string {
	return __(
		'Paused. Orders that are under way finish; the others wait until you resume it.',
		'pearlbridge'
	);
}
