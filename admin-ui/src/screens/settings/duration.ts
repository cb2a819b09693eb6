/** Durations as two controls: how many, and of what. */
import { __, _n, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../../components/format.ts';

export type Unit = 'ms' | 's' | 'm' | 'h';

export interface DurationParts {
	readonly amount: string;
	readonly unit: Unit;
}

export function durationParts( text: string ): DurationParts {
	const match = /^(.*?)(ms|s|m|h)$/.exec( text.trim() );
	return {
		amount: match?.[ 1 ] ?? text.trim(),
		unit: ( match?.[ 2 ] as Unit | undefined ) ?? 'm',
	};
}

export function durationText( { amount, unit }: DurationParts ): string {
	return `${ amount.trim() }${ unit }`;
}

/** `5m` as “5 minutes”; what is no duration stays as it is. */
export function durationWords( text: string ): string {
	const { amount, unit } = durationParts( text );
	if ( ! /^\d+$/.test( amount ) ) {
		return text;
	}
	const count = Number( amount );
	const words = {
		/* translators: %s: number of milliseconds */
		ms: () => __( '%s milliseconds', 'pearlbridge' ),
		/* translators: %s: number of seconds */
		s: () => _n( '%s second', '%s seconds', count, 'pearlbridge' ),
		/* translators: %s: number of minutes */
		m: () => _n( '%s minute', '%s minutes', count, 'pearlbridge' ),
		/* translators: %s: number of hours */
		h: () => _n( '%s hour', '%s hours', count, 'pearlbridge' ),
	};
	return sprintf( words[ unit ](), formatNumber( count ) );
}
