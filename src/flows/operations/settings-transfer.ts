/**
 * settings export and import: the settings and aliases of a connection as one document, for
 * another shop or a fresh start. No secret is in it, and what belongs to the one shop stays: when
 * it goes live, and the prefix of its references.
 */
import { z } from 'zod';
import {
	settingsExportSchema,
	type SettingsExport,
} from '../../contracts/answers.ts';
import { explainError, issueDetails } from '../../contracts/issues.ts';
import {
	invalid,
	type OperationCall,
	type OperationInput,
	type OperationOutput,
	type Outcome,
} from '../../contracts/operations.ts';
import { checkingAliases } from '../../domain/mapping/aliases.ts';
import { breathing } from '../breathing.ts';
import { replaceAliases } from './aliases.ts';
import { whileChanging } from './changing.ts';
import { shownSettings } from './connection-view.ts';
import { done, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';
import { kept, save } from './settings.ts';

export async function settingsExport(
	context: OperationContext,
	input: OperationInput< 'settingsExport' >
): Promise< Outcome< SettingsExport > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { record } = found.stored;
	return done( {
		format: 'pearlbridge-settings',
		version: 1,
		connection: record.name,
		exportedAt: new Date( context.world.clock.now() ).toISOString(),
		settings: shownSettings( record ),
		aliases: await context.database.aliases.list( record.name ),
	} );
}

/** A key that nobody knows is a slip of the pen, or of a later version. */
const documentSchema = z.strictObject( {
	...settingsExportSchema.shape,
	aliases: z
		.array( z.strictObject( { sku: z.string(), alias: z.string() } ) )
		.default( [] ),
} );

type Read =
	| { readonly ok: true; readonly document: SettingsExport }
	| {
			readonly ok: false;
			readonly details: { path: string; message: string }[];
	  };

/** Every fault of the document at once. */
async function readDocument( document: unknown ): Promise< Read > {
	const read = documentSchema.safeParse( document, { error: explainError } );
	const list = documentSchema.shape.aliases.safeParse(
		typeof document === 'object' && document !== null
			? Reflect.get( document, 'aliases' )
			: undefined
	);
	const aliases = await breathing(
		checkingAliases( list.success ? list.data : [] )
	);
	const details = [
		...( read.success ? [] : issueDetails( read.error ) ),
		...( aliases.ok
			? []
			: aliases.faults.map( ( { line, message } ) => ( {
					path: `aliases.${ line - 1 }`,
					message,
				} ) ) ),
	];
	return read.success && aliases.ok
		? {
				ok: true,
				document: { ...read.data, aliases: [ ...aliases.aliases ] },
			}
		: { ok: false, details };
}

export async function settingsImport(
	context: OperationContext,
	input: OperationInput< 'settingsImport' >,
	call: OperationCall
): Promise< Outcome< OperationOutput< 'settingsImport' > > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const read = await readDocument( input.document );
	if ( ! read.ok ) {
		return {
			exit: 2,
			body: {
				error: invalid(
					'invalid-settings',
					read.details,
					'Nothing was imported. The document is one that "settings export" wrote.'
				),
			},
		};
	}
	const { settings, aliases } = read.document;
	return whileChanging( context, found.stored.record.name, async () => {
		const stored = await kept( context, found.stored );
		const own = stored.record.settings;
		const saved = await save(
			context,
			stored,
			{
				...settings,
				goLive: own.goLive,
				orders: {
					...settings.orders,
					refPrefix: own.orders.refPrefix,
				},
			},
			call
		);
		if ( ! saved.ok ) {
			return saved.outcome;
		}
		await replaceAliases( context, stored.record.name, aliases );
		return done( shownSettings( saved.stored.record ) );
	} );
}
