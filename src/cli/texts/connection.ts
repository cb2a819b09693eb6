import type {
	ConnectionCheck,
	ConnectionView,
} from '../../contracts/answers.ts';
import { fields, sections, table, type Cell } from '../text.ts';

export function connectionText( connection: ConnectionView ): string {
	const { store, brightpearl } = connection;
	return fields( [
		[ 'Name', connection.name ],
		[ 'Live', connection.live ],
		[
			'Go-live',
			connection.settings.goLive ?? 'not set: nothing moves by itself',
		],
		[ 'Store', `${ store.url } (${ store.auth })` ],
		[ 'Store key', store.keyTail === null ? null : `…${ store.keyTail }` ],
		[ 'Brightpearl account', brightpearl?.account ?? null ],
		[ 'Brightpearl address', brightpearl?.apiDomain ?? null ],
		...( brightpearl === null ? [] : authFields( brightpearl ) ),
		[
			'Secrets set',
			connection.secrets.length === 0
				? 'none'
				: connection.secrets.join( ', ' ),
		],
		[ 'Webhook address', connection.webhookUrl ],
		[ 'Paired since', connection.paired?.since ?? null ],
	] );
}

function authFields( {
	auth,
	installationInstanceId,
}: NonNullable< ConnectionView[ 'brightpearl' ] > ): ( readonly [
	string,
	Cell,
] )[] {
	return [
		[ 'Signed in as', auth.type ],
		[ 'App reference', auth.appRef ],
		[ 'Client id', auth.clientId ],
		[ 'Developer reference', auth.devRef ],
		...( auth.type === 'oauth'
			? [
					[
						'Access token',
						auth.expiresAt === null
							? 'none: nobody has given consent yet'
							: `${ auth.tokenType ?? 'kept in the file' }, ends ${ auth.expiresAt }`,
					] as const,
				]
			: [] ),
		[ 'Installation instance', installationInstanceId ],
	];
}

export function connectionsText( items: readonly ConnectionView[] ): string {
	return table(
		[ 'Name', 'Live', 'Store', 'Brightpearl' ],
		items.map( ( { name, live, store, brightpearl } ) => [
			name,
			live,
			store.url,
			brightpearl?.account ?? null,
		] ),
		'There is no connection yet. Add one with: pearlbridge connection add --file connection.json'
	);
}

export function checkText( check: ConnectionCheck ): string {
	const { store, brightpearl } = check;
	return sections(
		table(
			[ '', 'Side', 'Finding' ],
			check.findings.map( ( { level, side, message, fix } ) => [
				level,
				side,
				fix === null || level === 'ok'
					? message
					: `${ message } ${ fix }`,
			] ),
			'Nothing was found.'
		),
		fields( [
			[ 'Store', store.name ],
			[ 'WooCommerce', store.version ],
			[ 'Its time zone', store.timeZone ],
			[ 'Its currency', store.currency ],
			[ 'Brightpearl', brightpearl.instanceName ?? brightpearl.account ],
			[ 'Its time zone', brightpearl.timeZone ],
			[ 'Base currency', brightpearl.baseCurrency ],
			[
				'Channels',
				brightpearl.channels
					.map( ( { id, name } ) => `${ name } (${ id })` )
					.join( ', ' ) || null,
			],
			[ 'Requests left', brightpearl.requestsRemaining ],
		] ),
		check.ok ? 'All is well.' : 'Mend the errors above, then check again.'
	);
}
