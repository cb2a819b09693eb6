/**
 * connection add | list | show | remove | check.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	ConnectionFile,
	ConnectionRecord,
} from '../../contracts/connection.ts';
import type {
	OperationCall,
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import { forgetConsent } from '../consent-progress.ts';
import { whileChanging } from './changing.ts';
import { saveConnection } from './connection-save.ts';
import { connectionView } from './connection-view.ts';
import { driftFindings } from './drift-finding.ts';
import { storeStatuses } from './choices.ts';
import { settingsFindings } from './settings-findings.ts';
import { askerOf, done, failure, type OperationContext } from './context.ts';
import { findConnection, findStored } from './scope.ts';
import { siteFinding } from './site-finding.ts';
import { pausedBy } from './workable.ts';

export async function connectionAdd(
	context: OperationContext,
	input: OperationInput< 'connectionAdd' >,
	call: OperationCall
): Promise< Outcome< ConnectionView > > {
	const { database } = context;
	const { file, replace } = input;
	return whileChanging( context, file.name, async () => {
		const before = await database.connections.find( file.name );
		if ( before !== null && ! replace ) {
			return failure(
				2,
				'connection-exists',
				`There is a connection named ${ file.name } already.`,
				'Add --replace to change it (orders, links and cursors stay), or choose another name.'
			);
		}
		const pairing = await database.pairings.find( file.name );
		return saveConnection(
			context,
			pairing === null || before === null
				? file
				: withPluginsSecret( file, before.record ),
			before,
			askerOf( call )
		);
	} );
}

/**
 * The plugin signs its webhooks with a secret that it made and no person ever saw: a file that
 * says nothing of it does not take it away.
 */
function withPluginsSecret(
	file: ConnectionFile,
	{ store }: ConnectionRecord
): ConnectionRecord {
	const { webhookSecret } = store;
	return file.store.webhookSecret !== undefined || webhookSecret === undefined
		? file
		: {
				...file,
				store: {
					...file.store,
					webhookSecret,
				},
			};
}

export async function connectionList(
	context: OperationContext
): Promise< Outcome< OperationOutput< 'connectionList' > > > {
	const all = await context.connections.all();
	return done( {
		items: await Promise.all(
			all.map( ( stored ) => connectionView( context, stored ) )
		),
	} );
}

export async function connectionShow(
	context: OperationContext,
	input: OperationInput< 'connectionShow' >
): Promise< Outcome< ConnectionView > > {
	const found = await findStored( context, input.name );
	return found.ok
		? done( await connectionView( context, found.stored ) )
		: found.outcome;
}

export async function connectionRemove(
	context: OperationContext,
	input: OperationInput< 'connectionRemove' >
): Promise< Outcome< OperationOutput< 'connectionRemove' > > > {
	const found = await findStored( context, input.name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	// Else a change under way would write it anew.
	return whileChanging( context, input.name, async () => {
		await context.database.connections.remove( input.name );
		await forgetConsent( context, input.name );
		await context.changed();
		context.events.emit( {
			event: 'changed',
			connection: input.name,
			what: 'connection',
		} );
		return done( { removed: input.name } );
	} );
}

export async function connectionCheck(
	context: OperationContext,
	input: OperationInput< 'connectionCheck' >
): Promise< Outcome< OperationOutput< 'connectionCheck' > > > {
	const found = await findConnection( context, input.name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { store, brightpearl, name, settings } = found.connected;
	const paused = await pausedBy( context, found.connected );
	const [ shop, erp ] = await Promise.all( [
		store.check(),
		brightpearl.inLane( 'person' ).check(),
	] );
	const findings = [
		...( paused === null ? [] : [ siteFinding( paused ) ] ),
		...shop.findings,
		...erp.findings,
		...( await settingsFindings(
			brightpearl,
			settings,
			( await context.database.pairings.find( name ) ) !== null,
			() => storeStatuses( found.connected )
		) ),
		...driftFindings(
			await context.database.drift.list( brightpearl.account )
		),
	];
	const ok = ! findings.some( ( { level } ) => level === 'error' );
	return {
		exit: ok ? 0 : 3,
		body: {
			name,
			ok,
			findings,
			store: { ...shop.site },
			brightpearl: {
				account: brightpearl.account,
				instanceName: erp.instanceName,
				baseCurrency: erp.baseCurrency,
				timeZone: erp.timeZone,
				taxScheme: erp.taxScheme,
				channels: erp.channels.map( ( channel ) => ( { ...channel } ) ),
				requestsRemaining: erp.requestsRemaining,
			},
		},
	};
}
