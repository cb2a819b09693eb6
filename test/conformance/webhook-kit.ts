/**
 * Subscriptions to a receiver on this machine: what they lead to can be seen on the sandbox alone.
 */
import type { Api, ConformanceCase, Mark } from './case.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { responseOf } from './reading.ts';

export const WEBHOOK = '/integration-service/webhook';

export const deliveryCase = (
	id: string,
	mark: Mark,
	fact: string,
	source: string,
	run: ( api: Api, target: Receiver ) => Promise< void >
): ConformanceCase => ( {
	id: `delivery/${ id }`,
	fact,
	source,
	mark,
	mode: 'write',
	needs: [ 'sandbox' ],
	run: async ( api ) => {
		const target = await startReceiver();
		await api.sandbox( 'POST', '/switches', {
			webhookRetryMs: 10,
			webhookGatherMs: 20,
		} );
		try {
			await run( api, target );
		} finally {
			const list = await api.get( WEBHOOK );
			for ( const { id: hook, uriTemplate } of list.status === 200
				? responseOf( list )
				: [] ) {
				if ( String( uriTemplate ).startsWith( target.url ) ) {
					await api.delete( `${ WEBHOOK }/${ String( hook ) }` );
				}
			}
			await target.close();
		}
	},
} );

export const subscribe = async (
	api: Api,
	target: Receiver,
	more: Readonly< Record< string, unknown > > = {}
): Promise< number > =>
	Number(
		responseOf(
			await api.post( WEBHOOK, {
				subscribeTo: 'product.modified.on-hand-modified',
				httpMethod: 'POST',
				uriTemplate: `${ target.url }/bp/SECRET`,
				bodyTemplate: '${resource-id}',
				contentType: 'application/json',
				idSetAccepted: true,
				qualityOfService: 1,
				...more,
			} )
		)
	);
