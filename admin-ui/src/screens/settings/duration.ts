/** Durations as two controls: how many, and of what. */
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
