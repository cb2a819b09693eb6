/** What is wrong with a file of settings, in the words of the form. Pure. */
import { __, _n, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../../components/format.ts';
import type { ApiError } from '../../host.ts';
import { faultWords } from './fault-words.ts';
import { labelOf } from './fields.ts';

/** Each fault once: alone it is the message, else the list below it. */
export function inFormWords( error: ApiError ): ApiError {
	if (
		error.code !== 'invalid-settings' ||
		error.details === null ||
		error.details.length === 0
	) {
		return error;
	}
	const faults = [
		...new Set(
			error.details.map( ( { path, message } ) =>
				faultText( path, message )
			)
		),
	];
	const [ first = '' ] = faults;
	return {
		...error,
		message:
			faults.length === 1
				? `${ first }.`
				: sprintf(
						/* translators: %s: number of faults */
						_n(
							'%s entry of the file cannot be taken:',
							'%s entries of the file cannot be taken:',
							faults.length,
							'pearlbridge'
						),
						formatNumber( faults.length )
					),
		fix: __(
			'Nothing was imported. Correct the file, or choose one that was downloaded here.',
			'pearlbridge'
		),
		details: faults.map( ( message ) => ( { path: '', message } ) ),
	};
}

function faultText( path: string, message: string ): string {
	const key = path.replace( /^settings\./, '' );
	return `${ nameOf( key ) }: ${ faultWords( key, message ) }`;
}

function nameOf( key: string ): string {
	const alias = /^aliases\.(\d+)/.exec( key )?.[ 1 ];
	return alias === undefined
		? labelOf( key )
		: sprintf(
				/* translators: %s: number of a SKU alias in the file, from 1 */
				__( 'SKU alias %s', 'pearlbridge' ),
				formatNumber( Number( alias ) + 1 )
			);
}
