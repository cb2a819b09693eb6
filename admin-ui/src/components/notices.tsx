/** What went wrong or well: cause, fix and, where it helps, another try. */
import { Button, Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { ApiError } from '../host.ts';

export function ErrorNotice( {
	error,
	retry,
	onDismiss,
}: {
	readonly error: ApiError | null;
	readonly retry?: ( () => void ) | undefined;
	readonly onDismiss?: ( () => void ) | undefined;
} ) {
	if ( error === null ) {
		return null;
	}
	const details = error.details ?? [];
	return (
		<Notice
			className="pb-notice"
			status="error"
			isDismissible={ onDismiss !== undefined }
			{ ...( onDismiss === undefined ? {} : { onRemove: onDismiss } ) }
			spokenMessage={ [ error.message, error.fix ]
				.filter( ( text ) => text !== null )
				.join( ' ' ) }
			politeness="assertive"
		>
			<p className="pb-notice__message">{ error.message }</p>
			{ details.length > 1 && (
				<ul className="pb-notice__details">
					{ details.map( ( { path, message } ) => (
						<li key={ `${ path } ${ message }` }>
							{ path !== '' && <code>{ path }</code> } { message }
						</li>
					) ) }
				</ul>
			) }
			{ error.fix !== null && <p>{ error.fix }</p> }
			{ retry !== undefined && (
				<Button variant="secondary" size="compact" onClick={ retry }>
					{ __( 'Try again', 'pearlbridge' ) }
				</Button>
			) }
		</Notice>
	);
}

export function Note( {
	status = 'info',
	children,
	spoken,
	onDismiss,
}: {
	readonly status?: 'info' | 'success' | 'warning';
	readonly children: ReactNode;
	/** For screen readers; left out = nothing is said. */
	readonly spoken?: string;
	readonly onDismiss?: ( () => void ) | undefined;
} ) {
	return (
		<Notice
			className="pb-notice"
			status={ status }
			isDismissible={ onDismiss !== undefined }
			{ ...( onDismiss === undefined ? {} : { onRemove: onDismiss } ) }
			spokenMessage={ spoken ?? '' }
			politeness="polite"
		>
			{ children }
		</Notice>
	);
}
