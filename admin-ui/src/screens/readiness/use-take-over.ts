/** Saves chosen proposals: the settings and the aliases as they are at that moment, and the guesses. */
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import {
	explainError,
	issueDetails,
} from '../../../../src/contracts/issues.ts';
import { settingsSchema } from '../../../../src/contracts/settings.ts';
import { useAsk, useCommand } from '../../api/client.tsx';
import { apiError } from '../../api/errors.ts';
import type { ApiError } from '../../host.ts';
import { aliasCsv, isAlias, withAliases, withProposals } from './proposals.ts';
import type { Proposed } from './proposals.ts';

export function useTakeOver( connection: string ) {
	const readSettings = useAsk( 'settingsShow' );
	const readAliases = useAsk( 'aliasesExport' );
	const save = useCommand( 'settingsSave' );
	const importAliases = useCommand( 'aliasesImport' );
	const [ busy, setBusy ] = useState( false );
	const [ error, setError ] = useState< ApiError | null >( null );

	/** Saved with the revision that was read: what somebody saves meanwhile is never overwritten. */
	const settings = async (
		chosen: readonly Proposed[]
	): Promise< ApiError | null > => {
		const shown = await readSettings( { connection } );
		if ( ! shown.ok ) {
			return shown.error;
		}
		const read = settingsSchema.safeParse(
			withProposals( shown.value.settings, chosen ),
			{ error: explainError }
		);
		if ( ! read.success ) {
			return apiError(
				'invalid-proposal',
				__(
					'A proposal does not fit the settings, so none was saved.',
					'pearlbridge'
				),
				{ details: issueDetails( read.error ) }
			);
		}
		const saved = await save.run( {
			connection,
			settings: read.data,
			revision: shown.value.revision,
		} );
		return saved.ok ? null : saved.error;
	};
	const aliases = async (
		chosen: readonly Proposed[]
	): Promise< ApiError | null > => {
		const shown = await readAliases( { connection } );
		if ( ! shown.ok ) {
			return shown.error;
		}
		const imported = await importAliases.run( {
			connection,
			csv: aliasCsv( withAliases( shown.value.items, chosen ) ),
		} );
		return imported.ok ? null : imported.error;
	};
	return {
		busy,
		error,
		reset: () => setError( null ),
		/** True when all was saved; what was saved before a fault stays, and may be saved again. */
		async run( chosen: readonly Proposed[] ): Promise< boolean > {
			if ( busy ) {
				return false;
			}
			setBusy( true );
			setError( null );
			const failed =
				( chosen.some( ( item ) => ! isAlias( item ) )
					? await settings( chosen )
					: null ) ??
				( chosen.some( isAlias ) ? await aliases( chosen ) : null );
			setBusy( false );
			setError( failed );
			return failed === null;
		},
	};
}
