import type { OrderState } from '../../../src/contracts/answers.ts';
import { healthLabel, orderStateLabel, runStateLabel } from './labels.ts';
import type { Health, Label, Tone } from './labels.ts';

/** A shape for each tone, so that colour is never the only sign. */
const SHAPES: Record< Tone, string > = {
	neutral: 'M3 7h10v2H3z',
	info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 2v4l3 2-.8 1.2L6.6 8.8V4z',
	success: 'M6.5 12.2 2.6 8.3l1.2-1.2 2.7 2.7 5.7-5.7 1.2 1.2z',
	warning:
		'M8 1.5 15 14H1zm-.8 4.8.2 4h1.2l.2-4zm.8 4.9a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6z',
	error: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm-.8 3h1.6v5H7.2zm.8 6a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8z',
};

export function ToneIcon( { tone }: { readonly tone: Tone } ) {
	return (
		<svg
			className={ `pb-tone pb-tone--${ tone }` }
			viewBox="0 0 16 16"
			width="16"
			height="16"
			aria-hidden="true"
			focusable="false"
		>
			<path d={ SHAPES[ tone ] } fillRule="evenodd" />
		</svg>
	);
}

/** `title` says more to whoever points at it; what matters stands in the text. */
export function Badge( {
	label: { text, tone },
	title,
}: {
	readonly label: Label;
	readonly title?: string | undefined;
} ) {
	return (
		<span className={ `pb-badge pb-badge--${ tone }` } title={ title }>
			<ToneIcon tone={ tone } />
			{ text }
		</span>
	);
}

export function StateBadge( { state }: { readonly state: OrderState } ) {
	return <Badge label={ orderStateLabel( state ) } />;
}

export function HealthBadge( { health }: { readonly health: Health } ) {
	return <Badge label={ healthLabel( health ) } />;
}

export function RunBadge( { state }: { readonly state: string } ) {
	return <Badge label={ runStateLabel( state ) } />;
}
