/**
 * connection add | list | show | remove | check, and settings get | set.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	ConnectionFile,
	SecretInput,
} from '../../contracts/connection.ts';
import type {
	StoredConnection,
	StoredToken,
} from '../../contracts/database.ts';
import {
	invalid,
	type OperationInput,
	type OperationOutput,
	type Outcome,
} from '../../contracts/operations.ts';
import { refPrefixOf, type Settings } from '../../contracts/settings.ts';
import { changeSettings, readSetting } from '../../domain/settings.ts';
import { isLive } from '../connected.ts';
import { connectionSubject, wakeStopped } from '../connection-problems.ts';
import type { LiveConnection } from '../connections.ts';
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
	await retryAfterChange( context, live );
	return done( await connectionView( context, live ) );
}

/** The reference prefix is how an order is found again: unique per account, fixed once used. */
function prefixRefused(
	file: ConnectionFile,
	before: StoredConnection | null,
	all: readonly StoredConnection[]
) {
	const prefix = prefixOf( file );
	if ( before?.pushedOnce === true && prefixOf( before.file ) !== prefix ) {
		return failure(
			2,
			'prefix-fixed',
			`orders.refPrefix of ${ file.name } is ${ prefixOf( before.file ) } and cannot change to ${ prefix }: orders were pushed with it.`,
			`Keep it with "orders": {"refPrefix": "${ prefixOf( before.file ) }"} in the settings.`,
			[
				{
					path: 'settings.orders.refPrefix',
					message: 'is fixed after the first push',
				},
			]
		);
	}
	const other = all.find(
		( stored ) =>
			stored.file.name !== file.name &&
			stored.file.brightpearl.account === file.brightpearl.account &&
			prefixOf( stored.file ) === prefix
	);
	return other === undefined
		? null
		: failure(
				2,
				'prefix-taken',
				`The connection ${ other.file.name } uses the reference prefix ${ prefix } on account ${ file.brightpearl.account } already.`,
				'Give this connection a prefix of its own in settings.orders.refPrefix.',
				[
					{
						path: 'settings.orders.refPrefix',
						message: `${ prefix } is taken by ${ other.file.name }`,
					},
				]
			);
}

function prefixOf( file: ConnectionFile ): string {
	return file.settings.orders.refPrefix ?? refPrefixOf( file.store.url );
}

/** What a wrong key or setting had stopped is tried again at once. */
async function retryAfterChange(
	context: OperationContext,
	live: LiveConnection
): Promise< void > {
	const { database } = context;
	const { name } = live.connected;
	await database.problems.clear( name, connectionSubject( name ) );
	await wakeStopped( live.connected );
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
	const { store, brightpearl, name } = found.connected;
	const [ shop, erp ] = await Promise.all( [
		store.check(),
		brightpearl.inLane( 'person' ).check(),
	] );
	const findings = [ ...shop.findings, ...erp.findings ];
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
	const { stored, connected } = found.live;
	const changed = changeSettings( connected.settings, input.changes );
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
		await retryAfterChange( context, live );
	}
	return done( shownSettings( saved.file ) );
}

/** With the prefix that is in force where none is set. */
function shownSettings( file: ConnectionFile ): Settings {
	return {
		...file.settings,
		orders: { ...file.settings.orders, refPrefix: prefixOf( file ) },
	};
}

async function connectionView(
	context: OperationContext,
	{ stored, connected }: LiveConnection
): Promise< ConnectionView > {
	const { file } = stored;
	const { clock } = context.world;
	const token = await context.database.connections.token( file.name );
	await connected.brightpearl.ready();
	const { running, publicUrl } = context.service();
	const base = publicUrl ?? running?.url ?? null;
	return {
		name: file.name,
		live: isLive( file.settings, clock.now() ),
		store: {
			type: file.store.type,
			url: file.store.url,
			auth: file.store.url.startsWith( 'https:' ) ? 'basic' : 'oauth1',
			keyTail: tailOf( file.store.consumerKey ),
		},
		brightpearl: {
			account: file.brightpearl.account,
			apiDomain: token?.apiDomain ?? file.brightpearl.apiDomain ?? null,
			installationInstanceId:
				connected.brightpearl.installationInstanceId(),
			auth: authView( file, token, clock.now() ),
		},
		settings: shownSettings( file ),
		webhookUrl:
			base === null
				? null
				: `${ base.replace( /\/$/, '' ) }/webhooks/woocommerce/${ file.name }`,
		paired: null,
	};
}

function authView(
	file: ConnectionFile,
	token: StoredToken | null,
	now: number
) {
	const { auth } = file.brightpearl;
	const expiresAt =
		auth.type === 'oauth'
			? ( token?.expiresAt ?? auth.expiresAt ?? null )
			: null;
	return {
		type: auth.type,
		appRef: auth.type === 'oauth' ? null : auth.appRef,
		clientId: auth.type === 'oauth' ? auth.clientId : null,
		devRef: auth.type === 'oauth' ? auth.devRef : null,
		tokenType: auth.type === 'oauth' ? ( token?.tokenType ?? null ) : null,
		expiresAt:
			expiresAt === null ? null : new Date( expiresAt ).toISOString(),
		expiresIn:
			expiresAt === null
				? null
				: Math.round( ( Date.parse( expiresAt ) - now ) / 1000 ),
	};
}

/** Enough to recognise a key by, never enough to use it. */
function tailOf( secret: SecretInput ): string | null {
	return typeof secret === 'string' && secret.length > 8
		? secret.slice( -4 )
		: null;
}
