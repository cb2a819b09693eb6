/**
 * Who subscribed to what, and what came of it.
 */
import { table } from './page-html.ts';
import type { Sandbox } from './sandbox.ts';

const SHOWN = 50;

/** Only where it goes: the rest of an address is the receiver's secret. */
const hostOf = ( uri: string ): string =>
	URL.canParse( uri ) ? `${ new URL( uri ).origin }/…` : 'no address';

export function webhooksPage( sandbox: Sandbox ): string {
	return [ ...sandbox.tenants.values() ]
		.map( ( { account } ) => {
			const { webhooks, deliveries } = account.tables;
			const last = [ ...deliveries.values() ].slice( -SHOWN ).reverse();
			return `<h2>${ account.code }</h2>
${ table(
	`Subscriptions of ${ account.code }`,
	[ 'No.', 'Event', 'Method', 'To', 'Id sets', 'Quality' ],
	[ ...webhooks.values() ].map( ( hook ) => [
		hook.id,
		hook.subscribeTo,
		hook.httpMethod,
		hostOf( hook.uriTemplate ),
		hook.idSetAccepted ? 'yes' : 'no',
		hook.qualityOfService,
	] )
) }
${ table(
	`Last deliveries of ${ account.code }`,
	[ 'No.', 'Webhook', 'Raised at', 'Event', 'Ids', 'To', 'State', 'Answers' ],
	last.map( ( delivery ) => [
		delivery.id,
		delivery.webhookId,
		new Date( delivery.raisedAt ).toISOString(),
		delivery.fullEvent,
		delivery.resourceId,
		hostOf( delivery.uri ),
		delivery.state,
		delivery.attempts.map( ( status ) => status ?? 'nobody' ).join( ', ' ),
	] )
) }`;
		} )
		.join( '\n' );
}
