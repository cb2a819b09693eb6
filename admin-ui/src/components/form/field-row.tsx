/** One field of a form: its name, what it means, its control, what is wrong with it. */
import { useId } from '@wordpress/element';
import type { ReactNode } from 'react';
import { ToneIcon } from '../badge.tsx';

/** What the control must carry so that name, help and faults are read with it. */
export interface ControlProps {
	readonly id: string;
	readonly 'aria-describedby': string | undefined;
	readonly 'aria-invalid': boolean | undefined;
}

export function FieldRow( {
	path,
	label,
	help,
	note,
	faults = [],
	group = false,
	wide = false,
	changed = false,
	children,
}: {
	/** Found by deep links: `data-field`. */
	readonly path: string;
	readonly label: string;
	readonly help?: ReactNode;
	/** Below the help: the default, say. */
	readonly note?: ReactNode;
	readonly faults?: readonly string[];
	/** Several controls (radio buttons, a table): named as a group. */
	readonly group?: boolean;
	/** The control stands below its name, over the whole width. */
	readonly wide?: boolean;
	readonly changed?: boolean;
	readonly children: ( control: ControlProps ) => ReactNode;
} ) {
	const made = useId();
	const id = `${ made }-control`;
	const labelId = `${ made }-label`;
	const helpId = `${ made }-help`;
	const faultId = `${ made }-fault`;
	const hasHelp = help !== undefined || note !== undefined;
	const invalid = faults.length > 0;
	const describedBy =
		[
			...( invalid ? [ faultId ] : [] ),
			...( hasHelp ? [ helpId ] : [] ),
		].join( ' ' ) || undefined;
	const classes = [
		'pb-field',
		...( wide ? [ 'is-wide' ] : [] ),
		...( changed ? [ 'is-changed' ] : [] ),
		...( invalid ? [ 'is-invalid' ] : [] ),
	].join( ' ' );
	return (
		<div
			className={ classes }
			data-field={ path }
			{ ...( group
				? {
						role: 'group',
						'aria-labelledby': labelId,
						'aria-describedby': describedBy,
					}
				: {} ) }
		>
			<div className="pb-field__text">
				{ group ? (
					<span id={ labelId } className="pb-field__label">
						{ label }
					</span>
				) : (
					<label
						id={ labelId }
						htmlFor={ id }
						className="pb-field__label"
					>
						{ label }
					</label>
				) }
				{ hasHelp && (
					<div id={ helpId } className="pb-field__help">
						{ help !== undefined && <p>{ help }</p> }
						{ note !== undefined && (
							<p className="pb-field__note">{ note }</p>
						) }
					</div>
				) }
			</div>
			<div className="pb-field__control">
				{ children( {
					id,
					'aria-describedby': describedBy,
					'aria-invalid': invalid ? true : undefined,
				} ) }
				{ invalid && (
					<ul id={ faultId } className="pb-field__faults">
						{ faults.map( ( fault ) => (
							<li key={ fault }>
								<ToneIcon tone="error" />
								<span>{ sentence( fault ) }</span>
							</li>
						) ) }
					</ul>
				) }
			</div>
		</div>
	);
}

/** The schemas say what is wrong after the name of the field; here it stands alone. */
function sentence( fault: string ): string {
	return fault.charAt( 0 ).toLocaleUpperCase() + fault.slice( 1 );
}
