/** What is done about the webhooks a shop lists. */
import { expect, test } from '@jest/globals';
import type { StoreWebhook } from '../../../src/contracts/store.ts';
import {
	planWebhooks,
	TOPICS,
	type WebhookPlan,
} from '../../../src/flows/watch/webhook-plan.ts';

const ADDRESS = 'https://bridge.example.test/webhooks/woocommerce/main';

const hook = (
	id: number,
	change: Partial< StoreWebhook > = {}
): StoreWebhook => ( {
	id,
	name: 'Pearlbridge',
	topic: TOPICS[ ( id - 1 ) % 4 ] ?? '',
	status: 'active',
	deliveryUrl: ADDRESS,
	...change,
} );
const FOUR = [ 1, 2, 3, 4 ].map( ( id ) => hook( id ) );
const with2 = ( change: Partial< StoreWebhook > ) =>
	FOUR.map( ( one ) => ( one.id === 2 ? { ...one, ...change } : one ) );

const NOTHING: WebhookPlan = { down: [], create: [], update: [], remove: [] };

test.each< [ string, StoreWebhook[], Partial< WebhookPlan > ] >( [
	[ 'all four deliver', FOUR, {} ],
	[
		'there is none',
		[],
		{
			down: TOPICS.map( ( topic ) => ( { topic, what: 'missing' } ) ),
			create: [ ...TOPICS ],
		},
	],
	[
		'one is disabled: replaced, because its count of failures stays',
		with2( { status: 'disabled' } ),
		{
			down: [ { topic: 'order.updated', what: 'disabled' } ],
			create: [ 'order.updated' ],
			remove: [ 2 ],
		},
	],
	[
		'one is paused: goes on',
		with2( { status: 'paused' } ),
		{
			down: [ { topic: 'order.updated', what: 'paused' } ],
			update: [
				{ id: 2, activate: true, readdress: false, resecret: false },
			],
		},
	],
	[
		'a topic has two: the working one stays',
		[ ...with2( { status: 'disabled' } ), hook( 6 ) ],
		{ remove: [ 2 ] },
	],
	[
		'a topic has two that work: the first stays',
		[ hook( 6 ), ...FOUR ],
		{ remove: [ 6 ] },
	],
	[
		'others stand beside them, whatever their state',
		[
			...FOUR,
			hook( 6, {
				deliveryUrl: 'https://other.example.test/hook',
				status: 'disabled',
			} ),
			hook( 7, {
				deliveryUrl: `${ ADDRESS.replace( 'main', 'second' ) }`,
			} ),
			hook( 8, { topic: 'product.updated', status: 'paused' } ),
		],
		{},
	],
	[
		'another service has its own at the same path of its host',
		[
			...FOUR,
			hook( 6, {
				deliveryUrl:
					'https://other.example.test/webhooks/woocommerce/main',
				name: 'Pearlbridge order.updated',
				topic: 'order.updated',
				status: 'disabled',
			} ),
			hook( 7, {
				deliveryUrl:
					'https://other.example.test/webhooks/woocommerce/main',
				name: 'Pearlbridge order.created',
				topic: 'order.created',
				status: 'paused',
			} ),
		],
		{},
	],
	[
		'somebody added a query',
		with2( { deliveryUrl: `${ ADDRESS }?via=proxy` } ),
		{},
	],
	[
		'the address has another scheme: it is not ours',
		with2( { deliveryUrl: ADDRESS.replace( 'https', 'http' ) } ),
		{
			down: [ { topic: 'order.updated', what: 'missing' } ],
			create: [ 'order.updated' ],
		},
	],
] )( '%s', ( _, hooks, wanted ) => {
	expect(
		planWebhooks( hooks, { address: ADDRESS, made: [] }, false )
	).toEqual( { ...NOTHING, ...wanted } );
} );

test( 'those we made follow us to another address; one that was renamed is not ours any more', () => {
	const old = 'https://old.example.test/webhooks/woocommerce/main';
	const hooks = [
		...with2( { deliveryUrl: old } ).filter( ( { id } ) => id !== 3 ),
		hook( 3, { deliveryUrl: old, name: 'Of the accountant' } ),
	];
	expect(
		planWebhooks( hooks, { address: ADDRESS, made: [ 2, 3 ] }, false )
	).toEqual( {
		...NOTHING,
		down: [ { topic: 'order.deleted', what: 'missing' } ],
		create: [ 'order.deleted' ],
		update: [
			{ id: 2, activate: false, readdress: true, resecret: false },
		],
	} );
} );

test( 'a new secret is given to those that stay', () => {
	const plan = planWebhooks(
		with2( { status: 'disabled' } ),
		{ address: ADDRESS, made: [] },
		true
	);
	expect(
		plan.update.map( ( { id, resecret } ) => [ id, resecret ] )
	).toEqual( [
		[ 1, true ],
		[ 3, true ],
		[ 4, true ],
	] );
} );
