/** How far back the charts look; kept in the address. */
import { __ } from '@wordpress/i18n';
import { Segmented, navigate, useRoute } from '../../components/index.ts';
import { SPANS, isSpan } from './spans.ts';
import type { Span } from './spans.ts';

export function useSpan(): Span {
	const asked = useRoute().query[ 'span' ] ?? '';
	return isSpan( asked ) ? asked : 'day';
}

export function SpanSwitch() {
	const route = useRoute();
	return (
		<Segmented
			label={ __( 'Time span', 'pearlbridge' ) }
			value={ useSpan() }
			options={ SPANS.map( ( { value, label } ) => ( {
				value,
				label: label(),
			} ) ) }
			onChange={ ( span ) =>
				navigate(
					{
						...route,
						screen: 'overview',
						query: { span: span === 'day' ? null : span },
					},
					{ replace: true }
				)
			}
		/>
	);
}
