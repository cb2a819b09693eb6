/** Small controls @wordpress/components has only as experimental ones. */
import { useId } from '@wordpress/element';

/** One of a few, as a row of radio buttons. */
export function Segmented< T extends string >( {
	label,
	value,
	options,
	onChange,
}: {
	readonly label: string;
	readonly value: T;
	readonly options: readonly {
		readonly value: T;
		readonly label: string;
	}[];
	readonly onChange: ( value: T ) => void;
} ) {
	const name = useId();
	return (
		<fieldset className="pb-segmented">
			<legend className="pb-hidden">{ label }</legend>
			{ options.map( ( option ) => (
				<label key={ option.value }>
					<input
						type="radio"
						name={ name }
						value={ option.value }
						checked={ option.value === value }
						onChange={ () => onChange( option.value ) }
					/>
					<span>{ option.label }</span>
				</label>
			) ) }
		</fieldset>
	);
}

/** How much of something there is; `text` says it in words. */
export function Meter( {
	label,
	value,
	max,
	text,
	tone = 'info',
}: {
	readonly label: string;
	readonly value: number;
	readonly max: number;
	readonly text: string;
	readonly tone?: 'info' | 'warning' | 'error';
} ) {
	const share = max > 0 ? Math.min( 1, Math.max( 0, value / max ) ) : 0;
	return (
		<div
			className={ `pb-meter pb-meter--${ tone }` }
			role="meter"
			aria-label={ label }
			aria-valuemin={ 0 }
			aria-valuemax={ max }
			aria-valuenow={ value }
			aria-valuetext={ text }
		>
			<span style={ { inlineSize: `${ share * 100 }%` } } />
		</div>
	);
}

/** How far something has got; `max` null = nobody knows yet. */
export function Progress( {
	label,
	value,
	max,
}: {
	readonly label: string;
	readonly value: number;
	readonly max: number | null;
} ) {
	return (
		<progress
			className="pb-progress"
			aria-label={ label }
			{ ...( max === null ? {} : { value, max } ) }
		/>
	);
}
