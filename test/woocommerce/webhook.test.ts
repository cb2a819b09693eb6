import { describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { verifyWebhook } from '../../src/woocommerce/webhook.ts';
import type { WebhookVerdict } from '../../src/woocommerce/webhook.ts';
import { filesIn, readData } from './support.ts';

interface Delivery {
	readonly topic: string | null;
	readonly secret: string;
	readonly headers: Readonly< Record< string, string > >;
	readonly signatureValid: boolean | null;
	readonly bodyBase64: string;
}

const SECRET = 'whsec_shared_5f2c81d0a7';
const FILES = filesIn( 'webhooks' ).filter( ( name ) => name !== 'index.json' );

function ok(
	topic: string,
	id: number | null,
	more: Partial< WebhookVerdict > = {}
): WebhookVerdict {
	const resource = topic.split( '.' )[ 0 ] ?? '';
	return {
		kind: 'ok',
		topic,
		resource,
		id,
		orderId: resource === 'order' ? id : null,
		source: 'https://shop.example.test/',
		errorPayload: false,
		...more,
	} as WebhookVerdict;
}

/** One line for each recorded delivery, by the number in its name. */
const EXPECTED: Readonly< Record< string, WebhookVerdict > > = {
	'01': { kind: 'ping' },
	'02': { kind: 'ping' },
	'03': { kind: 'ping' },
	'04': ok( 'order.created', 4816 ),
	'05': ok( 'order.updated', 4816 ),
	'06': ok( 'order.updated', 4817 ),
	'07': ok( 'order.created', 4817 ),
	'08': ok( 'order.updated', 4816 ),
	'09': ok( 'order.updated', 4816 ),
	'10': ok( 'order.updated', 4816 ),
	'11': ok( 'order.updated', 4819 ),
	'12': ok( 'order.created', 4819 ),
	'13': ok( 'order.deleted', 4819 ),
	'14': ok( 'order.restored', 4819 ),
	'15': ok( 'order.updated', 4820 ),
	'16': ok( 'order.updated', null, { errorPayload: true } ),
	'17': ok( 'order.created', null, { errorPayload: true } ),
	'18': ok( 'product.updated', 4201 ),
	'19': ok( 'product.updated', 4214 ),
	'20': ok( 'product.updated', 4221 ),
	'21': ok( 'product.created', 4823 ),
	'22': ok( 'product.deleted', 4823 ),
	'23': ok( 'coupon.deleted', 4823 ),
	'24': ok( 'customer.created', 85 ),
	'25': ok( 'customer.updated', 85 ),
	'26': ok( 'coupon.created', 4824 ),
	'27': ok( 'coupon.updated', 4824 ),
	'28': ok( 'coupon.deleted', 4825 ),
	'29': ok( 'action.woocommerce_low_stock', null ),
	'30': ok( 'order.updated', 4817 ),
	'31': ok( 'order.updated', 4817 ),
	'32': ok( 'order.updated', null, { errorPayload: true } ),
	'33': ok( 'order.updated', 4817 ),
	'34': { kind: 'rejected', reason: 'bad-signature' },
	'35': { kind: 'rejected', reason: 'bad-signature' },
	'36': { kind: 'rejected', reason: 'missing-signature' },
};

describe( 'a recorded delivery', () => {
	test( 'has a line in the table, each of them', () => {
		expect( FILES.map( ( name ) => name.slice( 0, 2 ) ) ).toEqual(
			Object.keys( EXPECTED ).sort()
		);
	} );

	test.each( FILES )( '%s is understood', ( file ) => {
		const delivery = readData< Delivery >( `webhooks/${ file }` );
		const rawBody = Buffer.from( delivery.bodyBase64, 'base64' );
		const verdict = verifyWebhook( {
			rawBody,
			headers: delivery.headers,
			secret: delivery.secret,
		} );
		expect( verdict ).toEqual( EXPECTED[ file.slice( 0, 2 ) ] );
	} );

	test.each(
		FILES.filter(
			( file ) =>
				readData< Delivery >( `webhooks/${ file }` ).signatureValid ===
				true
		)
	)(
		'%s is rejected under another secret, or with a byte changed',
		( file ) => {
			const delivery = readData< Delivery >( `webhooks/${ file }` );
			const rawBody = Buffer.from( delivery.bodyBase64, 'base64' );
			const rejected = { kind: 'rejected', reason: 'bad-signature' };
			expect(
				verifyWebhook( {
					rawBody,
					headers: delivery.headers,
					secret: `${ delivery.secret }x`,
				} )
			).toEqual( rejected );
			const changed = Buffer.from( rawBody );
			changed[ changed.length - 1 ] = 0x20;
			expect(
				verifyWebhook( {
					rawBody: changed,
					headers: delivery.headers,
					secret: delivery.secret,
				} )
			).toEqual( rejected );
		}
	);
} );

function signed(
	body: string | Uint8Array,
	headers: Readonly< Record< string, string > > = {}
): WebhookVerdict {
	const rawBody = Buffer.from( body );
	return verifyWebhook( {
		rawBody,
		headers: {
			'x-wc-webhook-signature': createHmac( 'sha256', SECRET )
				.update( rawBody )
				.digest( 'base64' ),
			'x-wc-webhook-topic': 'order.updated',
			'x-wc-webhook-resource': 'order',
			...headers,
		},
		secret: SECRET,
	} );
}

describe( 'a delivery', () => {
	test( 'with a valid signature and no JSON is unreadable', () => {
		expect( signed( '{"id":' ) ).toEqual( { kind: 'unreadable' } );
		expect( signed( '' ) ).toEqual( { kind: 'unreadable' } );
	} );

	test.each( [
		[ '[]', null ],
		[ 'null', null ],
		[ '7', null ],
		[ '{"id":"7"}', null ],
		[ '{"id":-7}', null ],
		[ '{"id":7.5}', null ],
		[ '{"id":7}', 7 ],
	] )( 'of %s names the order %s', ( body, orderId ) => {
		expect( signed( body ) ).toMatchObject( {
			kind: 'ok',
			orderId,
			errorPayload: false,
		} );
	} );

	test( 'without topic headers is accepted and names no order', () => {
		expect(
			signed( '{"id":7}', {
				'x-wc-webhook-topic': '',
				'x-wc-webhook-resource': '',
			} )
		).toMatchObject( { kind: 'ok', topic: '', id: 7, orderId: null } );
	} );

	test( 'that pretends to be a ping but carries more is not one', () => {
		for ( const body of [
			'webhook_id=1&id=2',
			'webhook_id=',
			`webhook_id=${ '1'.repeat( 100 ) }`,
			'{"id":1}',
			'',
		] ) {
			expect(
				verifyWebhook( {
					rawBody: Buffer.from( body ),
					headers: {},
					secret: SECRET,
				} )
			).toEqual( { kind: 'rejected', reason: 'missing-signature' } );
		}
	} );

	test.each( [ 'x', '====', 'é', 'A'.repeat( 44 ), 'A'.repeat( 10_000 ) ] )(
		'with the signature %.20s is rejected',
		( signature ) => {
			expect(
				signed( '{"id":7}', { 'x-wc-webhook-signature': signature } )
			).toEqual( { kind: 'rejected', reason: 'bad-signature' } );
		}
	);
} );
