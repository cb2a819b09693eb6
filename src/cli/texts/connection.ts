import type {
	ConnectionCheck,
	ConnectionView,
} from '../../contracts/answers.ts';
import { fields, sections, table } from '../text.ts';

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
		[ 'Signed in as', brightpearl?.auth.type ?? null ],
		[ 'Webhook address', connection.webhookUrl ],
		[ 'Paired since', connection.paired?.since ?? null ],
	] );
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
