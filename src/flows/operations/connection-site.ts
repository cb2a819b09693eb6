/**
 * connection site: a person's word on a shop that calls itself another site than before. *Moved* =
 * it is the shop, and the work goes on there; *copy* = it is not, and the connection rests.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import { askerOf, done, failure, type OperationContext } from './context.ts';
import type {
	OperationCall,
	OperationInput,
	Outcome,
} from '../../contracts/operations.ts';
import { settingsChanges } from '../../domain/settings-changes.ts';
import { clearOfConnection, wakeStopped } from '../connection-problems.ts';
import { requeue, UNFINISHED } from '../orders/requeue.ts';
import { keepSite, knownSite, movedTo, type Site } from '../watch/site.ts';
import { whileChanging } from './changing.ts';
import { connectionView } from './connection-view.ts';
import { removedMeanwhile } from './connection-save.ts';
import { findStored } from './scope.ts';

export async function connectionSite(
	context: OperationContext,
	input: OperationInput< 'connectionSite' >,
	call: OperationCall
): Promise< Outcome< ConnectionView > > {
	const found = await findStored( context, input.name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { name } = found.stored.record;
	const { answer } = input;
	const { connections, database, events } = context;
	if ( ( await database.pairings.find( name ) ) !== null ) {
		return failure(
			2,
			'store-paired',
			`The connection ${ name } has the plugin, which watches over its site itself.`,
			'Answer in wp-admin of that site, under WooCommerce → Pearlbridge.'
		);
	}
	const refused = await whileChanging( context, name, async () => {
		const site = await knownSite( database, name );
		if ( site === null || site.other === null ) {
			return failure(
				6,
				'not-moved',
				`The shop of ${ name } is the site it was: there is nothing to say.`,
				null
			);
		}
		await ( answer === 'moved'
			? takeAsShop( context, name, site )
			: letRest( context, name, site, askerOf( call ) ) );
		return null;
	} );
	if ( refused !== null ) {
		return refused;
	}
	await clearOfConnection( { database, name }, 'site-moved' );
	await context.changed();
	const live = await connections.find( name );
	if ( answer === 'moved' && live !== null ) {
		await requeue( live.connected, UNFINISHED );
		await wakeStopped( live.connected );
	}
	events.emit( { event: 'changed', connection: name, what: 'connection' } );
	const stored = await connections.stored( name );
	return stored === null
		? removedMeanwhile( name )
		: done( await connectionView( context, stored ) );
}

async function takeAsShop(
	{ connections, database }: OperationContext,
	name: string,
	site: Site
): Promise< void > {
	const stored = await connections.stored( name );
	await keepSite(
		database,
		name,
		movedTo( site, stored?.record.store.url ?? site.url )
	);
}

/** The other site stays known as a copy: nothing is told of it again while the connection rests. */
async function letRest(
	{ database, events }: OperationContext,
	name: string,
	site: Site,
	by: string
): Promise< void > {
	await keepSite( database, name, { ...site, copy: true } );
	const stored = await database.connections.find( name );
	if ( stored === null ) {
		return;
	}
	const { settings } = stored.record;
	const resting = { ...settings, goLive: null };
	const changes = settingsChanges( settings, resting );
	if ( changes.length > 0 ) {
		await database.connections.saveSettings( name, resting, {
			by,
			changes,
		} );
		events.emit( { event: 'changed', connection: name, what: 'settings' } );
	}
}
