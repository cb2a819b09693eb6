import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { switchesSchema } from '../../../src/sandbox/brightpearl/switches.ts';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

const ACCOUNT = 'sandbox-gb';

let bp: Harness;
let orderId: number;
let productId: number;
beforeAll( async () => {
	bp = await startHarness();
	( { productId } = await bp.product( 'OSB-01' ) );
	const made = await bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( await bp.contact(), {
			ref: '<i>#1</i>',
			rows: [
				{
					productId,
					quantity: 1,
					taxCode: 'T20',
					net: '10.0000',
					tax: '2.0000',
				},
			],
		} )
	);
	orderId = Number( made.json.response );
} );
afterAll( () => bp.close() );

const show = ( path: string ) => bp.raw( 'GET', path );

/** Sends a form as a browser does, and follows to the page that comes after it. */
async function submit(
	name: string,
	fields: Readonly< Record< string, string > >,
	headers: Record< string, string > = {}
) {
	const sent = await bp.raw(
		'POST',
		`/do/${ name }`,
		{ 'content-type': 'application/x-www-form-urlencoded', ...headers },
		new URLSearchParams( fields ).toString()
	);
	const location = sent.headers.get( 'location' ) ?? '';
	return {
		status: sent.status,
		location,
		page: location === '' ? '' : ( await show( location ) ).text,
	};
}

const orderFields = () => ( {
	back: `/orders/${ ACCOUNT }/${ orderId }`,
	account: ACCOUNT,
	orderId: String( orderId ),
} );

test.each( [
	'/',
	'/webhooks',
	'/faults',
	'/switches',
	'/requests',
	`/stock/${ ACCOUNT }`,
] )(
	'%s is a page with one heading, landmarks and captions, without script',
	async ( path ) => {
		const { status, text, headers } = await show( path );
		expect( status ).toBe( 200 );
		expect( headers.get( 'content-security-policy' ) ).toContain(
			"default-src 'none'"
		);
		expect( text.match( /<h1>/g ) ).toHaveLength( 1 );
		expect( text ).toContain( '<main>' );
		expect( text ).toContain( 'lang="en"' );
		expect( text ).not.toContain( '<script' );
		const tables = text.match( /<table>/g ) ?? [];
		expect( text.match( /<caption>/g ) ?? [] ).toHaveLength(
			tables.length
		);
	}
);

test( 'every field of a form has its label', async () => {
	for ( const path of [ '/faults', '/switches', `/stock/${ ACCOUNT }` ] ) {
		const { text } = await show( path );
		const fields = text.match( /<(input|select)(?! type="hidden")/g ) ?? [];
		const labels =
			text.match(
				/<label>[^<]+(?:<small>.*?<\/small>)?<(input|select)/g
			) ?? [];
		expect( fields.length ).toBeGreaterThan( 0 );
		expect( labels ).toHaveLength( fields.length );
	}
} );

test( 'an order is shown in full, every text escaped', async () => {
	const { text } = await show( `/orders/${ ACCOUNT }/${ orderId }` );
	expect( text ).toContain( '&lt;i&gt;#1&lt;/i&gt;' );
	expect( text ).not.toContain( '<i>' );
	expect( text ).toContain( 'Oak Serving Board' );
	expect( text ).toContain( '12.00 GBP' );
	expect( ( await show( `/orders/${ ACCOUNT }/999` ) ).status ).toBe( 404 );
	expect( ( await show( `/orders/nobody/${ orderId }` ) ).status ).toBe(
		404
	);
} );

describe( 'by hand', () => {
	test( 'an order is shipped, once', async () => {
		const done = await submit( 'ship', orderFields() );
		expect( done.status ).toBe( 303 );
		expect( done.page ).toContain( 'The order was shipped.' );
		expect( done.page ).toContain( 'shipping ASS' );
		const again = await submit( 'ship', orderFields() );
		expect( again.page ).toContain(
			'There is nothing of the order to ship'
		);
		expect( again.page ).toContain( 'class="note bad"' );
	} );

	test( 'a shipped order is not cancelled, and the page says why', async () => {
		const refused = await submit( 'cancel', orderFields() );
		expect( refused.page ).toContain( 'class="note bad"' );
	} );

	test( 'stock is changed and found', async () => {
		const done = await submit( 'stock', {
			back: `/stock/${ ACCOUNT }?q=OSB-01`,
			account: ACCOUNT,
			sku: 'OSB-01',
			warehouseId: '2',
			set: '4711',
		} );
		expect( done.page ).toContain( 'The stock was changed.' );
		expect( done.page ).toContain( '4711' );
		const unknown = await submit( 'stock', {
			back: `/stock/${ ACCOUNT }`,
			account: ACCOUNT,
			sku: 'NOPE',
			warehouseId: '2',
			set: '1',
		} );
		expect( unknown.page ).toContain( 'class="note bad"' );
	} );

	test( 'faults are set and cleared', async () => {
		const set = await submit( 'fault', {
			back: '/faults',
			kind: 'slow',
			rate: '0.5',
			method: '',
			path: '/order-service/*',
			account: '',
			count: '3',
			ms: '10',
			committed: 'false',
			body: 'json',
		} );
		expect( set.page ).toContain( 'The fault is set.' );
		const { json } = await bp.control( 'GET', '/faults' );
		expect( json ).toEqual( [
			{
				kind: 'slow',
				rate: 0.5,
				path: '/order-service/*',
				count: 3,
				ms: 10,
				committed: false,
				body: 'json',
				fired: 0,
			},
		] );
		await submit( 'clear-faults', { back: '/faults' } );
		expect( ( await bp.control( 'GET', '/faults' ) ).json ).toEqual( [] );
	} );

	test( 'each switch says on its page what it asks', async () => {
		const { text } = await show( '/switches' );
		for ( const [ name, field ] of Object.entries(
			switchesSchema.shape
		) ) {
			const { description = '' } = field;
			expect( [ name, description.length > 15 ] ).toEqual( [
				name,
				true,
			] );
			expect( text ).toContain(
				description
					.replaceAll( '&', '&amp;' )
					.replaceAll( "'", '&#39;' )
					.split( '`' )[ 0 ]
			);
		}
		expect( text ).toContain( '<code>externalRef</code>' );
	} );

	test( 'switches keep their types; what is none is refused and nothing changes', async () => {
		const before = await bp.control( 'GET', '/switches' );
		const changes = {
			throttle: 'rolling',
			oauthInstance: 'false',
			partialStatus: '200',
			indexLagMs: '5',
			webhookDrop: '0.25',
			closedUntil: '2026-03-31',
		};
		await submit( 'switches', { back: '/switches', ...changes } );
		expect( ( await bp.control( 'GET', '/switches' ) ).json ).toMatchObject(
			{
				throttle: 'rolling',
				oauthInstance: false,
				partialStatus: 200,
				indexLagMs: 5,
				webhookDrop: 0.25,
				closedUntil: '2026-03-31',
			}
		);
		const bad = await submit( 'switches', {
			back: '/switches',
			indexLagMs: 'soon',
			throttle: 'fixed',
		} );
		expect( bad.page ).toContain( 'class="note bad"' );
		await submit( 'switches', { back: '/switches', closedUntil: '' } );
		const after = await bp.control( 'GET', '/switches' );
		expect( after.json ).toMatchObject( {
			throttle: 'rolling',
			closedUntil: null,
		} );
		await bp.control( 'POST', '/switches', before.json );
	} );

	test( 'the page that is shown afterwards is always one of these', async () => {
		for ( const back of [
			'//elsewhere.example',
			'https://elsewhere.example/',
			'\\\\elsewhere.example',
		] ) {
			const { location } = await submit( 'clear-faults', { back } );
			expect( location ).toMatch( /^\/(\?|$)/ );
		}
	} );

	test( 'forms of other sites and unknown ones do nothing', async () => {
		for ( const origin of [ 'https://elsewhere.example', 'null' ] ) {
			const { status } = await submit(
				'clear-faults',
				{ back: '/' },
				{ origin }
			);
			expect( status ).toBe( 421 );
		}
		expect( ( await submit( 'nothing', { back: '/' } ) ).status ).toBe(
			404
		);
		expect( ( await submit( 'constructor', { back: '/' } ) ).status ).toBe(
			404
		);
	} );
} );
