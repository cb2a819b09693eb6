/**
 * Which connection an operation is about. Most need one that works; what only reads or changes
 * our own records takes one that is still to be filled in as well.
 */
import type { ErrorBody } from '../../contracts/answers.ts';
import type { ConnectionRecord } from '../../contracts/connection.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import type { OperationExit } from '../../contracts/operations.ts';
import type { Connected } from '../connected.ts';
import type { CompleteConnection, LiveConnection } from '../connections.ts';
import { errorOfProblem, failure, type OperationContext } from './context.ts';

interface Refused {
	readonly ok: false;
	readonly outcome: {
		readonly exit: OperationExit;
		readonly body: { readonly error: ErrorBody };
	};
}

type FoundStored =
	{ readonly ok: true; readonly stored: StoredConnection } | Refused;

type Found =
	| {
			readonly ok: true;
			readonly live: LiveConnection;
			readonly connected: Connected;
	  }
	| Refused;

/** The named connection, or the only one there is; complete or not. */
export async function findStored(
	context: OperationContext,
	name: string | null
): Promise< FoundStored > {
	const all = await context.connections.all();
	const names = all.map( ( { record } ) => record.name );
	if ( name === null && all.length > 1 ) {
		return {
			ok: false,
			outcome: failure(
				2,
				'connection-missing',
				'There are several connections: say which.',
				`Add --connection with one of ${ names.join( ', ' ) }.`
			),
		};
	}
	const stored =
		name === null
			? all[ 0 ]
			: all.find( ( { record } ) => record.name === name );
	return stored === undefined
		? {
				ok: false,
				outcome: failure(
					6,
					'unknown-connection',
					name === null
						? 'There is no connection yet.'
						: `There is no connection named ${ name }.`,
					names.length === 0
						? 'Make one with: pearlbridge connection add --file connection.json'
						: `There is: ${ names.join( ', ' ) }.`
				),
			}
		: { ok: true, stored };
}

/** The named connection, or the only one there is; nothing of it is missing. */
export async function findConnection(
	context: OperationContext,
	name: string | null
): Promise< Found > {
	const found = await findStored( context, name );
	if ( ! found.ok ) {
		return found;
	}
	const live = await context.connections.find( found.stored.record.name );
	return live === null
		? { ok: false, outcome: incomplete( found.stored.record ) }
		: { ok: true, live, connected: live.connected };
}

/** The connection for a command that will ask either side: its secrets can be read as well. */
export async function usableConnection(
	context: OperationContext,
	name: string | null
): Promise< Found > {
	const found = await findConnection( context, name );
	if ( ! found.ok ) {
		return found;
	}
	const unreadable = unreadableSecret( context, found.live.stored );
	return unreadable === null ? found : { ok: false, outcome: unreadable };
}

/** What is still to be filled in, as paths of `connection.json`. */
export function missingOf( {
	store,
	brightpearl,
}: ConnectionRecord ): string[] {
	return [
		...( store.consumerKey === null ? [ 'store.consumerKey' ] : [] ),
		...( store.consumerSecret === null ? [ 'store.consumerSecret' ] : [] ),
		...( brightpearl === null ? [ 'brightpearl' ] : [] ),
	];
}

export function incomplete( record: ConnectionRecord ): Refused[ 'outcome' ] {
	const missing = missingOf( record );
	return failure(
		2,
		'connection-incomplete',
		`The connection ${ record.name } is still to be filled in: ${ missing.join( ', ' ) }.`,
		`Fill it in in the console, under Connections, or with: pearlbridge connection add --replace --file connection.json (with "name": "${ record.name }").`,
		missing.map( ( path ) => ( { path, message: 'is still missing' } ) )
	);
}

/**
 * The first secret of the connection that cannot be read, before anything begins: a pointer to a
 * missing file is the configuration's fault, not an order's.
 */
function unreadableSecret(
	context: OperationContext,
	{ file }: CompleteConnection
): Refused[ 'outcome' ] | null {
	const { auth } = file.brightpearl;
	const secrets = [
		file.store.consumerKey,
		file.store.consumerSecret,
		...( auth.type === 'private-app' ? [ auth.accountToken ] : [] ),
		...( auth.type === 'staff-token' ? [ auth.staffToken ] : [] ),
		...( auth.type === 'oauth' && auth.clientSecret !== undefined
			? [ auth.clientSecret ]
			: [] ),
	];
	for ( const secret of secrets ) {
		const read = context.readSecret( secret );
		if ( ! read.ok ) {
			return { exit: 2, body: { error: errorOfProblem( read.problem ) } };
		}
	}
	return null;
}
