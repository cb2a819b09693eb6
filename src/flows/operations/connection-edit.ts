/**
 * connection edit: what a form changes is laid over what is kept. Secrets are written and never
 * read back, so what the form leaves out stays.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	ConnectionEdit,
	ConnectionRecord,
} from '../../contracts/connection.ts';
import {
	invalid,
	type OperationCall,
	type OperationInput,
	type Outcome,
} from '../../contracts/operations.ts';
import { changedBrightpearl } from './brightpearl-edit.ts';
import { whileChanging } from './changing.ts';
import { removedMeanwhile, saveConnection } from './connection-save.ts';
import { askerOf, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';

export async function connectionEdit(
	context: OperationContext,
	input: OperationInput< 'connectionEdit' >,
	call: OperationCall
): Promise< Outcome< ConnectionView > > {
	const found = await findStored( context, input.name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { name } = found.stored.record;
	return whileChanging( context, name, async () => {
		// The one in memory was read before the first push fixed its prefix.
		const stored = await context.database.connections.find( name );
		if ( stored === null ) {
			return removedMeanwhile( name );
		}
		const { record } = stored;
		const { change } = input;
		const brightpearl = changedBrightpearl(
			record.brightpearl,
			change.brightpearl
		);
		if ( ! brightpearl.ok ) {
			return {
				exit: 2 as const,
				body: {
					error: invalid( 'invalid-connection', brightpearl.details ),
				},
			};
		}
		return saveConnection(
			context,
			{
				...record,
				store: changedStore( record.store, change.store ),
				brightpearl: brightpearl.config,
			},
			stored,
			askerOf( call )
		);
	} );
}

function changedStore(
	before: ConnectionRecord[ 'store' ],
	change: ConnectionEdit[ 'store' ]
): ConnectionRecord[ 'store' ] {
	const { url, consumerKey, consumerSecret, webhookSecret } = change ?? {};
	return {
		...before,
		...( url === undefined ? {} : { url } ),
		...( consumerKey === undefined ? {} : { consumerKey } ),
		...( consumerSecret === undefined ? {} : { consumerSecret } ),
		...( webhookSecret === undefined ? {} : { webhookSecret } ),
	};
}
