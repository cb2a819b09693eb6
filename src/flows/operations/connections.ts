/**
 * connection add | list | show | remove | check.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import { prefixRefused, retryAfterChange } from './connection-rules.ts';
import { connectionView } from './connection-view.ts';
import { settingsFindings } from './settings-findings.ts';
import {
	done,
	failure,
	findConnection,
	type OperationContext,
} from './context.ts';

export async function connectionAdd(
	context: OperationContext,
	input: OperationInput< 'connectionAdd' >
): Promise< Outcome< ConnectionView > > {
	const { database, connections } = context;
	const { file } = input;
	const before = await database.connections.find( file.name );
	if ( before !== null && ! input.replace ) {
		return failure(
			2,
			'connection-exists',
			`There is a connection named ${ file.name } already.`,
			'Add --replace to change it (orders, links and cursors stay), or choose another name.'
		);
	}
	const refused = prefixRefused(
		file,
		before,
		await database.connections.list()
	);
	if ( refused !== null ) {
		return refused;
	}
	await database.connections.put( file );
	await context.changed();
	const live = await connections.find( file.name );
	if ( live === null ) {
		return failure(
			6,
			'unknown-connection',
			`${ file.name } was removed meanwhile.`
		);
	}
	await retryAfterChange( context, live, before?.file.settings ?? null );
	return done( await connectionView( context, live ) );
}

export async function connectionList(
	context: OperationContext
): Promise< Outcome< OperationOutput< 'connectionList' > > > {
	const all = await context.connections.list();
	return done( {
		items: await Promise.all(
			all.map( ( live ) => connectionView( context, live ) )
		),
	} );
}

export async function connectionShow(
	context: OperationContext,
	input: OperationInput< 'connectionShow' >
): Promise< Outcome< ConnectionView > > {
	const found = await findConnection( context, input.name );
	return found.ok
		? done( await connectionView( context, found.live ) )
		: found.outcome;
}

export async function connectionRemove(
	context: OperationContext,
	input: OperationInput< 'connectionRemove' >
): Promise< Outcome< OperationOutput< 'connectionRemove' > > > {
	const found = await findConnection( context, input.name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	await context.database.connections.remove( input.name );
	await context.changed();
	return done( { removed: input.name } );
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
	const [ shop, erp ] = await Promise.all( [
		store.check(),
		brightpearl.inLane( 'person' ).check(),
	] );
	const findings = [
		...shop.findings,
		...erp.findings,
		...( await settingsFindings( brightpearl, settings ) ),
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
