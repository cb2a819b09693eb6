/**
 * What a subscription leads to (platform reference, §6.2, §6.4): real calls to a receiver on this
 * machine, so these run on the sandbox alone.
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import { bodyOf } from '../reading.ts';
import type { Receiver } from '../receiver.ts';
import { stockProduct } from '../stock-kit.ts';
import { deliveryCase, subscribe, WEBHOOK } from '../webhook-kit.ts';

/** Counts one more of a product: its on hand moves. */
const moveStock = async ( api: Api, id?: number ): Promise< number > => {
	const productId = id ?? ( await api.existing( 'product' ) );
	await api.sandbox( 'POST', '/stock', {
		account: api.account,
		productId,
		change: 1,
	} );
	return productId;
};

/**
 * Fails the first call for a product of its own with each status, and counts the calls: a product
 * for each, so that a call too many cannot pass for another's.
 */
async function callsAfter(
	api: Api,
	target: Receiver,
	qualityOfService: 0 | 1,
	expected: Readonly< Record< number, number > >
): Promise< void > {
	const products = new Map< number, string >();
	for ( const status of Object.keys( expected ).map( Number ) ) {
		const id = String( await stockProduct( api, 0 ) );
		products.set( status, id );
		target.answersTo.set( id, [ status ] );
	}
	await subscribe( api, target, { qualityOfService, idSetAccepted: false } );
	for ( const id of products.values() ) {
		await moveStock( api, Number( id ) );
	}
	const total = Object.values( expected ).reduce( ( a, b ) => a + b, 0 );
	const bodies = await target.bodies( total );
	const counted = [ ...products ].map( ( [ status, id ] ) => [
		status,
		bodies.filter( ( body ) => body === id ).length,
	] );
	assert.deepEqual( Object.fromEntries( counted ), expected );
}

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
		( api, target ) =>
			callsAfter( api, target, 0, {
				503: 2,
				500: 1,
				502: 1,
				404: 1,
				429: 1,
				302: 1,
				200: 1,
			} )
	),
	deliveryCase(
		'quality-1-retries-all-but-4xx',
		'D',
		'Quality of service 1: every failure is tried again, except 4xx',
		'platform §6.4',
		( api, target ) =>
			callsAfter( api, target, 1, {
				503: 2,
				500: 2,
				502: 2,
				302: 2,
				400: 1,
				404: 1,
				429: 1,
				200: 1,
			} )
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
	deliveryCase(
		'simulate-obeys-id-set-accepted',
		'D',
		'simulate sends an id set only where the webhook accepts one: else a call for each id',
		'platform §6.1',
		async ( api, target ) => {
			const id = await subscribe( api, target, {
				idSetAccepted: false,
			} );
			bodyOf(
				await api.post( `${ WEBHOOK }/${ id }/simulate`, {
					testData: {
						'${account-code}': api.account,
						'${resource-type}': 'product',
						'${resource-id}': '1-3,9',
					},
				} )
			);
			assert.deepEqual( await target.bodies( 4 ), [
				'1',
				'2',
				'3',
				'9',
			] );
		}
	),
];
