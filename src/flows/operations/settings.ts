/**
 * settings get and settings set.
 */
import {
	invalid,
	type OperationInput,
	type OperationOutput,
	type Outcome,
} from '../../contracts/operations.ts';
import { changeSettings, readSetting } from '../../domain/settings.ts';
import { prefixRefused, retryAfterChange } from './connection-rules.ts';
import { shownSettings } from './connection-view.ts';
import { done, findConnection, type OperationContext } from './context.ts';

export async function settingsGet(
	context: OperationContext,
	input: OperationInput< 'settingsGet' >
): Promise< Outcome< unknown > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const settings = shownSettings( found.live.stored.file );
	if ( input.key === null ) {
		return done( settings );
	}
	const read = readSetting( settings, input.key );
	return read.ok
		? done( read.value )
		: {
				exit: 2,
				body: {
					error: invalid(
						'unknown-setting',
						[ read.detail ],
						read.fix
					),
				},
			};
}

export async function settingsSet(
	context: OperationContext,
	input: OperationInput< 'settingsSet' >
): Promise< Outcome< OperationOutput< 'settingsSet' > > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { database, connections } = context;
	const { connected } = found;
	// As it is kept: the one in memory was read before the first push fixed its prefix.
	const stored =
		( await database.connections.find( connected.name ) ) ??
		found.live.stored;
	const { settings } = stored.file;
	const changed = changeSettings( settings, input.changes );
	if ( ! changed.ok ) {
		return {
			exit: 2,
			body: {
				error: invalid(
					'invalid-settings',
					changed.details,
					changed.fix
				),
			},
		};
	}
	const refused = prefixRefused(
		{ ...stored.file, settings: changed.settings },
		stored,
		await database.connections.list()
	);
	if ( refused !== null ) {
		return refused;
	}
	const saved = await database.connections.saveSettings(
		connected.name,
		changed.settings
	);
	await context.changed();
	const live = await connections.find( connected.name );
	if ( live !== null ) {
		await retryAfterChange( context, live, settings );
	}
	return done( shownSettings( saved.file ) );
}
