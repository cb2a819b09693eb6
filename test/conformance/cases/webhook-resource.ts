/**
 * Webhooks as a resource, and the account's configuration (platform reference, §6.1, §6.3, §6.5).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import { bodyOf, errorOf, responseOf } from '../reading.ts';
import type { Json } from '../reading.ts';

const WEBHOOK = '/integration-service/webhook';

const HOOK = {
	subscribeTo: 'order.modified.order-status',
	httpMethod: 'POST',
	// Nothing listens there: a subscription in a real account must reach nobody.
	uriTemplate: 'https://127.0.0.1:9/bp/conformance',
	bodyTemplate: '{"id":"${resource-id}"}',
	contentType: 'application/json',
	idSetAccepted: true,
	qualityOfService: 1,
};

const subscribe = (
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
): Promise< ApiReply > => api.post( WEBHOOK, { ...HOOK, ...more } );

/** Makes one, looks, and takes it away again. */
async function withHook(
	api: Api,
	more: Readonly< Record< string, unknown > >,
	look: ( hook: Json, id: number ) => void | Promise< void >
): Promise< void > {
	const id = Number( responseOf( await subscribe( api, more ) ) );
	try {
		const [ hook ] = [
			...responseOf( await api.get( `${ WEBHOOK }/${ id }` ) ),
		];
		assert( hook );
		await look( hook, id );
	} finally {
		await api.delete( `${ WEBHOOK }/${ id }` );
	}
}

/** What documents and clients name as subscribable. */
const EVENTS: readonly ( readonly [ string, 'D' | 'C' ] )[] = [
	[ 'drop-ship-note.created', 'D' ],
	[ 'drop-ship-note.destroyed', 'D' ],
	[ 'drop-ship-note.modified.shipped', 'D' ],
	[ 'goods-in-note.created', 'D' ],
	[ 'quarantine-release.created', 'D' ],
	[ 'goods-out-note.created', 'D' ],
	[ 'goods-out-note.destroyed', 'D' ],
	[ 'goods-out-note.modified', 'D' ],
	[ 'goods-out-note.modified.printed', 'D' ],
	[ 'goods-out-note.modified.picked', 'D' ],
	[ 'goods-out-note.modified.packed', 'D' ],
	[ 'goods-out-note.modified.shipped', 'D' ],
	[ 'goods-out-note.modified.un-printed', 'D' ],
	[ 'goods-out-note.modified.un-picked', 'D' ],
	[ 'goods-out-note.modified.un-packed', 'D' ],
	[ 'order.modified.fully-shipped', 'D' ],
	[ 'sales-order.created', 'D' ],
	[ 'product.modified.on-hand-modified', 'D' ],
	[ 'order.modified', 'C' ],
	[ 'order.modified.order-status', 'C' ],
	[ 'product.created', 'C' ],
	[ 'product.modified', 'C' ],
	[ 'product.destroyed', 'C' ],
	[ 'product', 'D' ],
	[ 'goods-out-note', 'D' ],
	[ 'drop-ship-note', 'C' ],
];

const REFUSED: readonly ( readonly [ string, 'V' | 'C' ] )[] = [
	[ 'invalid-resource', 'V' ],
	[ 'order.created', 'C' ],
	[ 'contact.created', 'C' ],
	[ 'contact.modified', 'C' ],
];

export const webhookCases: readonly ConformanceCase[] = [
	{
		id: 'webhook/create-and-read',
		fact: 'A webhook is made with its id as answer and read back as it was sent',
		source: 'platform §6.1',
		mark: 'V',
		mode: 'write',
		run: ( api ) =>
			withHook( api, {}, ( hook, id ) => {
				assert.deepEqual( hook, { id, ...HOOK } );
			} ),
	},
	{
		id: 'webhook/defaults',
		fact: 'idSetAccepted is false and qualityOfService 0 where they are left out',
		source: 'platform §6.1',
		mark: 'D',
		mode: 'write',
		run: ( api ) =>
			withHook(
				api,
				{ idSetAccepted: undefined, qualityOfService: undefined },
				( hook ) => {
					assert.equal( hook.idSetAccepted, false );
					assert.equal( hook.qualityOfService, 0 );
				}
			),
	},
	{
		id: 'webhook/get-hooks-have-no-body',
		fact: 'A GET webhook needs no body and is listed without one',
		source: 'platform §6.1',
		mark: 'D',
		mode: 'write',
		run: ( api ) =>
			withHook(
				api,
				{
					httpMethod: 'GET',
					bodyTemplate: undefined,
					contentType: undefined,
				},
				( hook ) => {
					assert( ! ( 'bodyTemplate' in hook ) );
					assert( ! ( 'contentType' in hook ) );
				}
			),
	},
	...(
		[ 'subscribeTo', 'httpMethod', 'uriTemplate', 'bodyTemplate' ] as const
	 ).map( ( field ): ConformanceCase => ( {
		id: `webhook/${ field }-is-required`,
		fact: `A POST webhook without ${ field } is refused`,
		source: 'platform §6.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const reply = await subscribe( api, { [ field ]: undefined } );
			assert.equal( reply.status, 400 );
		},
	} ) ),
	{
		id: 'webhook/duplicates-are-allowed',
		fact: 'The same subscription may be made twice',
		source: 'platform §6.1',
		mark: 'I',
		mode: 'write',
		run: ( api ) =>
			withHook( api, {}, ( _first, id ) =>
				withHook( api, {}, ( _second, other ) => {
					assert.notEqual( id, other );
				} )
			),
	},
	{
		id: 'webhook/list-is-the-accounts',
		fact: "The list is the account's, whoever made them",
		source: 'platform §6.1',
		mark: 'C',
		mode: 'write',
		needs: [ 'oauth' ],
		run: ( api ) =>
			withHook( api, {}, async ( _hook, id ) => {
				const all = [
					...responseOf(
						await api.get( WEBHOOK, { as: 'private-app' } )
					),
				];
				assert( all.some( ( entry ) => Number( entry.id ) === id ) );
			} ),
	},
	{
		id: 'webhook/delete',
		fact: 'DELETE answers {}; after it the webhook is 404',
		source: 'platform §6.1',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = Number( responseOf( await subscribe( api ) ) );
			assert.deepEqual(
				bodyOf( await api.delete( `${ WEBHOOK }/${ id }` ) ),
				{}
			);
			assert.equal(
				( await api.get( `${ WEBHOOK }/${ id }` ) ).status,
				404
			);
		},
	},
	{
		id: 'webhook/delete-unknown',
		fact: 'DELETE of none is 404 CMNC-404 `Cannot find webhook: …`',
		source: 'platform §6.1',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const reply = await api.delete( `${ WEBHOOK }/999999999` );
			assert.equal( reply.status, 404 );
			assert.deepEqual( errorOf( reply ), {
				code: 'CMNC-404',
				message: 'Cannot find webhook: 999999999',
			} );
		},
	},
	{
		id: 'webhook/no-put-and-no-patch',
		fact: 'A webhook cannot be changed: there is no PUT and no PATCH',
		source: 'platform §6.1',
		mark: 'D',
		mode: 'write',
		run: ( api ) =>
			withHook( api, {}, async ( _hook, id ) => {
				const path = `${ WEBHOOK }/${ id }`;
				assert( ( await api.put( path, HOOK ) ).status >= 400 );
				assert( ( await api.patch( path, [] ) ).status >= 400 );
			} ),
	},
	...EVENTS.map( ( [ event, mark ] ): ConformanceCase => ( {
		id: `webhook/subscribe-${ event }`,
		fact: `${ event } can be subscribed to`,
		source: 'platform §6.3',
		mark,
		mode: 'write',
		run: ( api ) =>
			withHook( api, { subscribeTo: event }, ( hook ) => {
				assert.equal( hook.subscribeTo, event );
			} ),
	} ) ),
	...REFUSED.map( ( [ event, mark ] ): ConformanceCase => ( {
		id: `webhook/refuse-${ event }`,
		fact: `${ event } cannot be subscribed to: 400 INTC-064`,
		source: 'platform §6.3',
		mark,
		mode: 'write',
		run: async ( api ) => {
			const reply = await subscribe( api, { subscribeTo: event } );
			assert.equal( reply.status, 400 );
			assert.deepEqual( errorOf( reply ), {
				code: 'INTC-064',
				message: `${ event } either does not exist or cannot be subscribed too`,
			} );
		},
	} ) ),
	{
		id: 'configuration/values-are-texts',
		fact: 'The account configuration is a map whose every value is a text',
		source: 'platform §6.5',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const { configuration } = responseOf(
				await api.get( '/integration-service/account-configuration' )
			);
			assert( configuration );
			for ( const [ key, value ] of Object.entries( configuration ) ) {
				assert.equal( typeof value, 'string', key );
			}
			for ( const key of [
				'baseCurrencyCode',
				'timeZone',
				'taxSchemeCode',
				'newSalesOrderStatusId',
				'cancelledOrderStatusId',
				'invoicedOrderStatusId',
				'salesNominalCode',
				'shippingNominalCode',
			] ) {
				assert( configuration[ key ] !== undefined, key );
			}
			assert(
				[ 'VAT', 'SALES TAX' ].includes(
					String( configuration.taxSchemeCode )
				)
			);
		},
	},
];
