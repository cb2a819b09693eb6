/**
 * A connection as people see it: everything but its secrets.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	ConnectionFile,
	SecretInput,
} from '../../contracts/connection.ts';
import type { StoredToken } from '../../contracts/database.ts';
import { refPrefixOf, type Settings } from '../../contracts/settings.ts';
import { isLive } from '../connected.ts';
import type { LiveConnection } from '../connections.ts';
import type { OperationContext } from './context.ts';

export async function connectionView(
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

export function prefixOf( file: ConnectionFile ): string {
	return file.settings.orders.refPrefix ?? refPrefixOf( file.store.url );
}

/** With the prefix that is in force where none is set. */
export function shownSettings( file: ConnectionFile ): Settings {
	return {
		...file.settings,
		orders: { ...file.settings.orders, refPrefix: prefixOf( file ) },
	};
}
