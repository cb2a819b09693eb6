/**
 * The settings of a connection: settings get and set, and what a form shows, saves and looks back
 * at. They can be changed while something of the connection is still to be filled in.
 */
import type { ErrorBody, SettingsState } from '../../contracts/answers.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import {
	invalid,
	type OperationCall,
	type OperationInput,
	type OperationOutput,
	type Outcome,
} from '../../contracts/operations.ts';
import type { Settings } from '../../contracts/settings.ts';
import { changeSettings, readSetting } from '../../domain/settings.ts';
import { settingsChanges } from '../../domain/settings-changes.ts';
import { whileChanging } from './changing.ts';
import { prefixRefused, retryAfterChange } from './connection-rules.ts';
import { prefixOf, shownSettings } from './connection-view.ts';
import { askerOf, done, failure, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';

export async function settingsGet(
	context: OperationContext,
	input: OperationInput< 'settingsGet' >
): Promise< Outcome< unknown > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const settings = shownSettings( found.stored.record );
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
	input: OperationInput< 'settingsSet' >,
	call: OperationCall
): Promise< Outcome< OperationOutput< 'settingsSet' > > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	return whileChanging( context, found.stored.record.name, async () => {
		const stored = await kept( context, found.stored );
		const changed = changeSettings( stored.record.settings, input.changes );
		if ( ! changed.ok ) {
			return {
				exit: 2 as const,
				body: {
					error: invalid(
						'invalid-settings',
						changed.details,
						changed.fix
					),
				},
			};
		}
		const saved = await save( context, stored, changed.settings, call );
		return saved.ok
			? done( shownSettings( saved.stored.record ) )
			: saved.outcome;
	} );
}

export async function settingsShow(
	context: OperationContext,
	input: OperationInput< 'settingsShow' >
): Promise< Outcome< SettingsState > > {
	const found = await findStored( context, input.connection );
	return found.ok
		? done( await stateOf( context, await kept( context, found.stored ) ) )
		: found.outcome;
}

export async function settingsSave(
	context: OperationContext,
	input: OperationInput< 'settingsSave' >,
	call: OperationCall
): Promise< Outcome< SettingsState > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	return whileChanging( context, found.stored.record.name, async () => {
		const stored = await kept( context, found.stored );
		if ( stored.settingsRevision !== input.revision ) {
			return changedMeanwhile( context, stored.record.name );
		}
		const saved = await save(
			context,
			stored,
			withDerivedPrefix( input.settings, stored ),
			call
		);
		return saved.ok
			? done( await stateOf( context, saved.stored ) )
			: saved.outcome;
	} );
}

/** A form shows the prefix that is in force: sent back, it is still the one that was derived. */
function withDerivedPrefix(
	settings: Settings,
	{ record }: StoredConnection
): Settings {
	const isDerived =
		record.settings.orders.refPrefix === null &&
		settings.orders.refPrefix === prefixOf( record );
	return isDerived
		? { ...settings, orders: { ...settings.orders, refPrefix: null } }
		: settings;
}

export async function settingsHistory(
	context: OperationContext,
	input: OperationInput< 'settingsHistory' >
): Promise< Outcome< OperationOutput< 'settingsHistory' > > > {
	const found = await findStored( context, input.connection );
	return found.ok
		? done( {
				items: await context.database.connections.settingsHistory(
					found.stored.record.name,
					input.limit
				),
			} )
		: found.outcome;
}

/** The one in memory was read before the first push fixed its prefix. */
export async function kept(
	{ database }: OperationContext,
	stored: StoredConnection
): Promise< StoredConnection > {
	return ( await database.connections.find( stored.record.name ) ) ?? stored;
}

type Saved =
	| { readonly ok: true; readonly stored: StoredConnection }
	| {
			readonly ok: false;
			readonly outcome: {
				readonly exit: 2;
				readonly body: { readonly error: ErrorBody };
			};
	  };

/** Refused when the settings are not those of `stored` any more. */
export async function save(
	context: OperationContext,
	stored: StoredConnection,
	settings: Settings,
	call: OperationCall
): Promise< Saved > {
	const { database, events } = context;
	const { record } = stored;
	const changes = settingsChanges( record.settings, settings );
	if ( changes.length === 0 ) {
		return { ok: true, stored };
	}
	const refused = prefixRefused(
		{ ...record, settings },
		stored,
		await database.connections.list()
	);
	if ( refused !== null ) {
		return { ok: false, outcome: { ...refused, exit: 2 } };
	}
	const saved = await database.connections.saveSettings(
		record.name,
		settings,
		{
			by: askerOf( call ),
			changes,
			expected: stored.settingsRevision,
		}
	);
	if ( saved === null ) {
		return {
			ok: false,
			outcome: await changedMeanwhile( context, record.name ),
		};
	}
	await context.changed();
	await retryAfterChange( context, record.name, record.settings );
	events.emit( {
		event: 'changed',
		connection: record.name,
		what: 'settings',
	} );
	return { ok: true, stored: saved };
}

async function stateOf(
	{ database }: OperationContext,
	{ record, settingsRevision, pushedOnce }: StoredConnection
): Promise< SettingsState > {
	const [ last ] = await database.connections.settingsHistory(
		record.name,
		1
	);
	return {
		settings: shownSettings( record ),
		revision: settingsRevision,
		savedAt: last?.at ?? null,
		savedBy: last?.by ?? null,
		prefixFixed: pushedOnce,
	};
}

async function changedMeanwhile(
	{ database }: OperationContext,
	name: string
): Promise< Extract< Saved, { ok: false } >[ 'outcome' ] > {
	const [ last ] = await database.connections.settingsHistory( name, 1 );
	const who = last === undefined ? '' : ` by ${ last.by } at ${ last.at }`;
	return {
		...failure(
			2,
			'settings-changed',
			`The settings of ${ name } were changed meanwhile${ who }: nothing was saved.`,
			'Load them anew, look at what was changed, and make your change again.',
			( last?.changes ?? [] ).map( ( { key } ) => ( {
				path: `settings.${ key }`,
				message: 'was changed meanwhile',
			} ) )
		),
		exit: 2,
	};
}
