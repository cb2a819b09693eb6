/**
 * connection edit: what a form changes is laid over what is kept. Secrets are written and never
 * read back, so what the form leaves out stays.
 */
import { explainError, issueDetails } from '../../contracts/issues.ts';
import type { ConnectionView } from '../../contracts/answers.ts';
import {
	brightpearlConfigSchema,
	type BrightpearlConfig,
	type ConnectionEdit,
	type ConnectionRecord,
} from '../../contracts/connection.ts';
import {
	invalid,
	type OperationCall,
	type OperationInput,
	type Outcome,
} from '../../contracts/operations.ts';
import { HOUR } from '../../contracts/primitives.ts';
import { whileChanging } from './changing.ts';
import { saveConnection } from './connection-save.ts';
import { askerOf, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';

/** Deliveries under way were signed with the webhook secret until now. */
const OVERLAP = HOUR;

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
		const stored =
			( await context.database.connections.find( name ) ) ?? found.stored;
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
		const store = changedStore(
			record.store,
			change.store,
			context.world.clock.now()
		);
		return saveConnection(
			context,
			{ ...record, store, brightpearl: brightpearl.config },
			stored,
			askerOf( call )
		);
	} );
}

function changedStore(
	before: ConnectionRecord[ 'store' ],
	change: ConnectionEdit[ 'store' ],
	now: number
): ConnectionRecord[ 'store' ] {
	const { url, consumerKey, consumerSecret, webhookSecret } = change ?? {};
	return {
		...before,
		...( url === undefined ? {} : { url } ),
		...( consumerKey === undefined ? {} : { consumerKey } ),
		...( consumerSecret === undefined ? {} : { consumerSecret } ),
		...( webhookSecret === undefined ? {} : { webhookSecret } ),
		...( webhookSecret === undefined || before.webhookSecret === undefined
			? {}
			: {
					previousWebhookSecret: {
						secret: before.webhookSecret,
						until: new Date( now + OVERLAP ).toISOString(),
					},
				} ),
	};
}

type ChangedBrightpearl =
	| { readonly ok: true; readonly config: BrightpearlConfig | null }
	| {
			readonly ok: false;
			readonly details: ReturnType< typeof issueDetails >;
	  };

/** Judged whole, with what is kept: every fault at once, by its path in `connection.json`. */
function changedBrightpearl(
	before: BrightpearlConfig | null,
	change: ConnectionEdit[ 'brightpearl' ]
): ChangedBrightpearl {
	if ( change === undefined ) {
		return { ok: true, config: before };
	}
	const { auth, ...rest } = change;
	const merged: Record< string, unknown > = { ...before, ...rest };
	if ( auth !== undefined ) {
		merged[ 'auth' ] =
			before?.auth.type === auth.type
				? { ...before.auth, ...auth }
				: auth;
	}
	// Null takes away.
	const given = Object.fromEntries(
		Object.entries( merged ).filter( ( [ , value ] ) => value !== null )
	);
	const read = brightpearlConfigSchema.safeParse( given, {
		error: explainError,
	} );
	return read.success
		? { ok: true, config: read.data }
		: {
				ok: false,
				details: issueDetails( read.error, [ 'brightpearl' ] ),
			};
}
