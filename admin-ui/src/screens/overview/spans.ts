/** How far back the charts look, and how moments are called at that distance. */
import { __ } from '@wordpress/i18n';
import { locale } from '../../components/format.ts';

export type Span = 'day' | 'week' | 'month';

export const SPANS: readonly {
	readonly value: Span;
	readonly label: () => string;
}[] = [
	{ value: 'day', label: () => __( '24 hours', 'pearlbridge' ) },
	{ value: 'week', label: () => __( '7 days', 'pearlbridge' ) },
	{ value: 'month', label: () => __( '30 days', 'pearlbridge' ) },
];

export function isSpan( text: string ): text is Span {
	return SPANS.some( ( { value } ) => value === text );
}

const FORMATS: Record<
	Span,
	{
		readonly step: Intl.DateTimeFormatOptions;
		readonly axis: Intl.DateTimeFormatOptions;
		readonly seconds: number;
	}
> = {
	day: {
		step: { weekday: 'short', hour: 'numeric', minute: '2-digit' },
		axis: { hour: 'numeric', minute: '2-digit' },
		seconds: 3600,
	},
	week: {
		step: {
			weekday: 'short',
			day: 'numeric',
			month: 'short',
			hour: 'numeric',
			minute: '2-digit',
		},
		axis: { weekday: 'short', day: 'numeric' },
		seconds: 86_400,
	},
	month: {
		step: { weekday: 'short', day: 'numeric', month: 'short' },
		axis: { day: 'numeric', month: 'short' },
		seconds: 86_400,
	},
};

export function timeFormats( span: Span ) {
	const { step, axis, seconds } = FORMATS[ span ];
	const steps = new Intl.DateTimeFormat( locale(), step );
	const names = new Intl.DateTimeFormat( locale(), axis );
	return {
		format: ( at: string ) => steps.format( new Date( at ) ),
		axis: {
			format: ( at: string ) => names.format( new Date( at ) ),
			seconds,
		},
	};
}
