/**
 * What a subscription leads to (platform reference, §6.2, §6.4): real calls to a receiver on this
 * machine, so these run on the sandbox alone.
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase, Mark } from '../case.ts';
import { makeSale } from '../order-kit.ts';
import { startReceiver } from '../receiver.ts';
import type { Receiver } from '../receiver.ts';
import { bodyOf, responseOf } from '../reading.ts';

const WEBHOOK = '/integration-service/webhook';

const deliveryCase = (
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

const subscribe = async (
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

/** Counts one more of a product: its on hand moves. */
const moveStock = async ( api: Api ): Promise< number > => {
	const productId = await api.existing( 'product' );
	await api.sandbox( 'POST', '/stock', {
		account: api.account,
		productId,
		change: 1,
	} );
	return productId;
};

const USUAL =
	'{ "accountCode": "${account-code}", "resourceType": "${resource-type}", "id": "${resource-id}", "lifecycleEvent": "${lifecycle-event}", "specifier": "${resource-specifier}", "fullEvent": "${full-event}", "raisedOn": "${raised-on}", "brightpearlVersion": "${brightpearl-version}" }';

export const deliveryCases: readonly ConformanceCase[] = [
	deliveryCase(
		'variables-are-filled-in',
		'D',
		'All eight variables of a body template are filled in',
		'platform §6.2',
		async ( api, target ) => {
			await subscribe( api, target, { bodyTemplate: USUAL } );
			const id = await moveStock( api );
			await target.until( 1 );
			const [ got ] = target.received;
			const { raisedOn, brightpearlVersion, ...rest } = JSON.parse(
				got?.body ?? ''
			) as Record< string, string >;
			assert.deepEqual( rest, {
				accountCode: api.account,
				resourceType: 'product',
				id: String( id ),
				lifecycleEvent: 'modified',
				specifier: 'on-hand-modified',
				fullEvent: 'product.modified.on-hand-modified',
			} );
			assert.match(
				raisedOn ?? '',
				/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
			);
			assert.match( brightpearlVersion ?? '', /^\d+\.\d+\.\d+$/ );
			assert.equal( got?.type, 'application/json' );
		}
	),
	deliveryCase(
		'variables-in-the-address',
		'D',
		'The address may hold variables too',
		'platform §6.1',
		async ( api, target ) => {
			await subscribe( api, target, {
				httpMethod: 'GET',
				bodyTemplate: undefined,
				contentType: undefined,
				uriTemplate: `${ target.url }/bp?id=\${resource-id}&event=\${full-event}`,
			} );
			const id = await moveStock( api );
			await target.until( 1 );
			const url = new URL( target.received[ 0 ]?.url ?? '', target.url );
			assert.equal( target.received[ 0 ]?.method, 'GET' );
			assert.equal( url.searchParams.get( 'id' ), String( id ) );
			assert.equal(
				url.searchParams.get( 'event' ),
				'product.modified.on-hand-modified'
			);
		}
	),
	deliveryCase(
		'ids-go-together',
		'D',
		'With idSetAccepted several changes are one call with an id set, ranges included; without it a call each',
		'platform §6.2',
		async ( api, target ) => {
			const first = await api.existing( 'product' );
			const rows = ( await api.get( '/product-service/product-search', {
				query: {
					productId: `${ first }-${ first + 20 }`,
					stockTracked: 'true',
					columns: 'productId',
					pageSize: '3',
				},
			} ) ) as { json: { response: { results: number[][] } } };
			const ids = rows.json.response.results.map( ( [ id = 0 ] ) => id );
			await subscribe( api, target );
			await subscribe( api, target, {
				idSetAccepted: false,
				bodyTemplate: 'single ${resource-id}',
			} );
			const warehouse = await api.post(
				'/warehouse-service/warehouse/2/stock-correction',
				{
					corrections: ids.map( ( productId ) => ( {
						quantity: 1,
						productId,
						reason: 'Counted',
						locationId: 2,
						cost: { currency: 'GBP', value: '1.00' },
					} ) ),
				}
			);
			bodyOf( warehouse );
			await target.until( 1 + ids.length );
			const bodies = target.received.map( ( { body } ) => body );
			assert.equal(
				bodies.filter( ( body ) => ! body.startsWith( 'single' ) )
					.length,
				1
			);
			assert.deepEqual(
				bodies.filter( ( body ) => body.startsWith( 'single' ) ).sort(),
				ids.map( ( id ) => `single ${ id }` ).sort()
			);
		}
	),
	deliveryCase(
		'quality-0-retries-503-alone',
		'D',
		'Quality of service 0: a failed call is tried again only after a 503',
		'platform §6.4',
		async ( api, target ) => {
			await subscribe( api, target, { qualityOfService: 0 } );
			target.answers.push( 503, 500 );
			await moveStock( api );
			await target.until( 2 );
			await moveStock( api );
			await target.until( 3 );
			// The 500 was the end of the first; the third call is the second change's.
			assert.equal( target.received.length, 3 );
		}
	),
	deliveryCase(
		'quality-1-retries-all-but-4xx',
		'D',
		'Quality of service 1: every failure is tried again, except 4xx',
		'platform §6.4',
		async ( api, target ) => {
			await subscribe( api, target );
			target.answers.push( 500, 302, 503, 200, 404 );
			await moveStock( api );
			await target.until( 4 );
			await moveStock( api );
			await target.until( 5 );
			await moveStock( api );
			await target.until( 6 );
			assert.equal( target.received.length, 6 );
		}
	),
	deliveryCase(
		'unsigned',
		'D',
		'A call carries no signature and no header of its own: the address is the secret',
		'platform §6.2',
		async ( api, target ) => {
			await subscribe( api, target );
			await moveStock( api );
			await target.until( 1 );
			assert.equal( target.received[ 0 ]?.url, '/bp/SECRET' );
			assert.deepEqual(
				target.received[ 0 ]?.headerNames.filter(
					( name ) =>
						! [
							'connection',
							'content-length',
							'content-type',
							'host',
						].includes( name )
				),
				[]
			);
		}
	),
	deliveryCase(
		'sales-order-created',
		'D',
		'sales-order.created fires for an order made by POST sales-order, complete when it fires',
		'platform §6.3',
		async ( api, target ) => {
			await subscribe( api, target, {
				subscribeTo: 'sales-order.created',
			} );
			const id = await makeSale( api );
			await target.until( 1 );
			assert.equal( target.received[ 0 ]?.body, String( id ) );
			const [ order ] = [
				...responseOf(
					await api.get( `/order-service/order/${ id }` )
				),
			];
			assert.equal( Object.keys( order?.orderRows ?? {} ).length, 1 );
		}
	),
	deliveryCase(
		'order-modified-on-creation',
		'C',
		'order.modified fires on creation too',
		'platform §6.3',
		async ( api, target ) => {
			await subscribe( api, target, { subscribeTo: 'order.modified' } );
			const id = await makeSale( api );
			await target.until( 1 );
			assert.equal( target.received[ 0 ]?.body, String( id ) );
		}
	),
	deliveryCase(
		'order-status',
		'C',
		'order.modified.order-status fires when a status is set',
		'platform §6.3',
		async ( api, target ) => {
			const id = await makeSale( api );
			await subscribe( api, target, {
				subscribeTo: 'order.modified.order-status',
			} );
			bodyOf(
				await api.put( `/order-service/order/${ id }/status`, {
					orderStatusId: 22,
				} )
			);
			await target.until( 1 );
			assert.equal( target.received[ 0 ]?.body, String( id ) );
		}
	),
	deliveryCase(
		'simulate-calls-the-target',
		'D',
		'simulate really calls the target, with the data it was given, at most ten ids',
		'platform §6.1',
		async ( api, target ) => {
			const id = await subscribe( api, target );
			const ask = ( ids: string ) =>
				api.post( `${ WEBHOOK }/${ id }/simulate`, {
					testData: {
						'${account-code}': api.account,
						'${resource-type}': 'product',
						'${resource-id}': ids,
					},
				} );
			bodyOf( await ask( '1-5,99' ) );
			await target.until( 1 );
			assert.equal( target.received[ 0 ]?.body, '1-5,99' );
			assert.equal( ( await ask( '1-11' ) ).status, 400 );
		}
	),
];
