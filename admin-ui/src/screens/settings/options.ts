/** What a drop-down offers; what is chosen stays visible even when it is offered no more. */
import { __, sprintf } from '@wordpress/i18n';
import type { Choices } from '../../../../src/contracts/answers.ts';

export interface Option {
	readonly value: string;
	readonly label: string;
}

type Brightpearl = NonNullable< Choices[ 'brightpearl' ] >;
export type ListName = keyof Brightpearl;

/** Null = the list could not be read, or is empty because this app may not read it. */
export function optionsOf(
	choices: Choices | null,
	list: ListName
): readonly Option[] | null {
	const read = choices?.brightpearl;
	if ( read === null || read === undefined || read[ list ].length === 0 ) {
		return null;
	}
	return list === 'taxCodes'
		? read.taxCodes.map( ( { code, rate } ) => ( {
				value: code,
				label: sprintf(
					/* translators: 1: tax code, 2: its rate in percent */
					__( '%1$s (%2$s %%)', 'pearlbridge' ),
					code,
					rate
				),
			} ) )
		: read[ list ].map( ( entry ) => {
				const value = 'id' in entry ? String( entry.id ) : entry.code;
				return { value, label: `${ entry.name } (${ value })` };
			} );
}

export function withCurrent(
	options: readonly Option[],
	current: string
): readonly Option[] {
	return current === '' || options.some( ( { value } ) => value === current )
		? options
		: [
				{
					value: current,
					label: sprintf(
						/* translators: %s: an id or code that is not offered any more */
						__( 'unknown: %s', 'pearlbridge' ),
						current
					),
				},
				...options,
			];
}

export function nameOf(
	options: readonly Option[] | null,
	value: unknown
): string {
	const text = String( value );
	return options?.find( ( option ) => option.value === text )?.label ?? text;
}
