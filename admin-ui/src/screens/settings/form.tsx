/** What every field of the form reads and changes. */
import { createContext, useContext } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { Choices } from '../../../../src/contracts/answers.ts';
import type { ApiError } from '../../host.ts';
import { FieldRow } from '../../components/form/field-row.tsx';
import type { ControlProps } from '../../components/form/field-row.tsx';
import { describeValue } from './describe.ts';
import { defaultOf, faultsAt } from './draft.ts';
import type { Draft, Fault } from './draft.ts';
import { fieldAt, partLabel } from './fields.ts';
import { readAt } from './tree.ts';

export interface ChoicesState {
	readonly data: Choices | null;
	readonly loading: boolean;
	readonly error: ApiError | null;
	readonly refresh: () => void;
}

export interface Form {
	readonly draft: Draft;
	readonly base: Draft;
	readonly change: ( path: string, value: unknown ) => void;
	/** Those that are to be shown. */
	readonly faults: readonly Fault[];
	readonly changed: ReadonlySet< string >;
	readonly choices: ChoicesState;
	readonly connection: string;
	readonly prefixFixed: boolean;
}

const FormContext = createContext< Form | null >( null );
export const FormProvider = FormContext.Provider;

export function useForm(): Form {
	const form = useContext( FormContext );
	if ( form === null ) {
		throw new Error( 'There is no FormProvider above this component.' );
	}
	return form;
}

export interface FieldState {
	readonly value: unknown;
	readonly set: ( value: unknown ) => void;
}

export function useField( path: string ): FieldState {
	const { draft, change } = useForm();
	return {
		value: readAt( draft, path ),
		set: ( value ) => change( path, value ),
	};
}

/** What a fault is called in the field itself: `stripe: must not be empty` for one inside of it. */
export function faultText( path: string, fault: Fault ): string {
	const inside = fault.path.slice( path.length + 1 );
	return inside === ''
		? fault.message
		: `${ partLabel( path, inside ) }: ${ fault.message }`;
}

export function Setting( {
	path,
	children,
	group = false,
	wide = false,
	showDefault = true,
}: {
	readonly path: string;
	readonly children: ( control: ControlProps ) => ReactNode;
	readonly group?: boolean;
	readonly wide?: boolean;
	/** Not where the options say themselves which is the usual one. */
	readonly showDefault?: boolean;
} ) {
	const { faults, changed, choices } = useForm();
	const field = fieldAt( path );
	const usual = defaultOf( path );
	return (
		<FieldRow
			path={ path }
			label={ field?.label() ?? path }
			help={ field?.help() }
			{ ...( showDefault && ! group
				? {
						note: sprintf(
							/* translators: %s: what counts when nothing is set */
							__( 'Default: %s', 'pearlbridge' ),
							describeValue( path, usual, choices.data )
						),
					}
				: {} ) }
			faults={ faultsAt( faults, path ).map( ( fault ) =>
				faultText( path, fault )
			) }
			group={ group }
			wide={ wide }
			changed={ changed.has( path ) }
		>
			{ children }
		</FieldRow>
	);
}
