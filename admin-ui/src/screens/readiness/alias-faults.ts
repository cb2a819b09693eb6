/** Faults of a file of aliases: each by its line, once. */
import { __, _n, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../../components/format.ts';
import type { ApiError } from '../../host.ts';

export function aliasFaults( error: ApiError | null ): ApiError | null {
	const details = error?.details ?? [];
	return error === null || error.code !== 'invalid-aliases'
		? error
		: {
				...error,
				message:
					details.length === 1
						? details
								.map( ( { path, message } ) =>
									`${ path }: ${ message }`.replace(
										/^: /,
										''
									)
								)
								.join( '' )
						: sprintf(
								/* translators: %s: number of faults */
								_n(
									'The file has %s fault.',
									'The file has %s faults.',
									details.length,
									'pearlbridge'
								),
								formatNumber( details.length )
							),
				fix: __(
					'Nothing was imported. Correct these lines and import the file again; its columns are sku (the shop’s) and alias (Brightpearl’s).',
					'pearlbridge'
				),
			};
}
