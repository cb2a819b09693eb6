/** The script of the order's box, run as it is shipped in a document just large enough for it. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { runInNewContext } from 'node:vm';

const script = readFileSync( 'plugin/assets/order-box.js', 'utf8' );

/** No innerHTML: whoever sets it here changes nothing that can be seen. */
class Element {
	readonly name: string;
	children: ( Element | string )[] = [];
	disabled = false;
	type = '';
	className = '';
	dateTime = '';
	dataset: Record< string, string > = {};
	readonly attributes: Record< string, string > = {};
	click: () => void = () => {};

	constructor( name: string ) {
		this.name = name;
	}
	get textContent(): string {
		return this.children
			.map( ( child ) =>
				typeof child === 'string' ? child : child.textContent
			)
			.join( '' );
	}
	set textContent( text: string ) {
		this.children = [ text ];
	}
	get firstElementChild(): Element | undefined {
		return this.all().at( 0 );
	}
	append( ...children: ( Element | string )[] ): void {
		this.children.push( ...children );
	}
	replaceChildren( ...children: ( Element | string )[] ): void {
		this.children = children;
	}
	setAttribute( name: string, value: string ): void {
		this.attributes[ name ] = value;
	}
	addEventListener( _: string, listener: () => void ): void {
		this.click = listener;
	}
	focus(): void {}
	querySelector( selector: string ): Element | undefined {
		return this.all().find( ( { className } ) =>
			selector.endsWith( className )
		);
	}
	all(): Element[] {
		return this.children.filter( ( child ) => typeof child !== 'string' );
	}
}

type Asked = {
	path: string;
	data: { input: object; idempotencyKey: string | null };
};

const asked: Asked[] = [];
const speak = jest.fn();
let answers: ( object | Promise< object > )[];
let box: Element;
let facts: Element;
let message: Element;
let bar: Element;

beforeEach( () => {
	asked.length = 0;
	speak.mockClear();
	[ facts, message, bar ] = [ 'facts', 'message', 'buttons' ].map(
		( part ) => {
			const element = new Element( 'div' );
			element.className = `pearlbridge-order-box__${ part }`;
			return element;
		}
	) as [ Element, Element, Element ];
	box = new Element( 'div' );
	box.dataset = { order: '4336' };
	box.append( facts, message, bar );
} );

const settle = () => new Promise( ( resolve ) => setTimeout( resolve, 5 ) );

async function open( ...given: ( object | Promise< object > )[] ) {
	answers = given;
	runInNewContext( script, {
		document: {
			activeElement: null,
			createElement: ( name: string ) => new Element( name ),
			querySelectorAll: () => [ box ],
		},
		window: {
			crypto: webcrypto,
			wp: {
				i18n: {
					__: ( text: string ) => text,
					sprintf: ( text: string, value: unknown ) =>
						text.replace( '%s', String( value ) ),
				},
				a11y: { speak },
				apiFetch: async ( request: Asked ) => {
					asked.push( request );
					const answer = await answers.shift();
					if ( answer !== undefined && 'code' in answer ) {
						throw answer;
					}
					return answer;
				},
			},
		},
	} );
	await settle();
}

const buttons = () => bar.all();
const names = () => buttons().map( ( { textContent } ) => textContent );
async function press( name: string ) {
	buttons()
		.find( ( { textContent } ) => textContent === name )
		?.click();
	await settle();
}
const order = ( more: object = {} ) => ( {
	state: 'synced',
	salesOrderId: 100234,
	problem: null,
	journal: [],
	plan: null,
	...more,
} );
const shown = ( more?: object ) => ( { exit: 0, body: order( more ) } );
const result = ( one: object ) => ( { exit: 0, body: { results: [ one ] } } );
const entry = ( step: string, outcome: string ) => ( {
	at: '2026-11-20T10:00:00Z',
	step,
	outcome,
	message: null,
} );

describe( 'the box of an order', () => {
	test( 'shows state, number, problem and the last steps, newest first', async () => {
		await open(
			shown( {
				state: 'problem',
				problem: { message: 'No <b>SKU</b>.', fix: 'Add it.' },
				journal: [
					...Array.from( { length: 9 }, () =>
						entry( 'AddNote', 'done' )
					),
					entry( 'CreateOrder', 'intent' ),
					entry( 'CreateOrder', 'done' ),
					entry( 'Verify', 'refused' ),
				],
			} )
		);
		expect( asked ).toMatchObject( [
			{
				path: '/pearlbridge/v1/console/orders-show',
				data: { input: { orderId: 4336 }, idempotencyKey: null },
			},
		] );
		const texts = facts.all().map( ( { textContent } ) => textContent );
		expect( texts.slice( 0, 4 ) ).toEqual( [
			'Problem',
			'Sales order 100234',
			'No <b>SKU</b>.',
			'Add it.',
		] );
		const lines = facts.all()[ 4 ]?.all() ?? [];
		expect( lines ).toHaveLength( 8 );
		expect( lines[ 0 ]?.textContent ).toContain( 'Proof: refused' );
		expect( lines[ 1 ]?.textContent ).toContain( 'Sales order: done' );
		expect( lines[ 0 ]?.firstElementChild?.dateTime ).toBe(
			'2026-11-20T10:00:00Z'
		);
		expect( names() ).toEqual( [ 'Push now', 'Preview', 'Hold' ] );
		expect( buttons().every( ( { type } ) => type === 'button' ) ).toBe(
			true
		);
		expect( box.attributes[ 'aria-busy' ] ).toBe( 'false' );
	} );

	test( 'an order the ledger does not know can be pushed; buttons rest meanwhile', async () => {
		let answer: ( value: object ) => void = () => {};
		await open(
			{
				exit: 6,
				body: { error: { code: 'unknown-order', message: 'No.' } },
			},
			new Promise( ( resolve ) => ( answer = resolve ) )
		);
		expect( facts.textContent ).toBe( 'Not in Pearlbridge yet.' );
		expect( message.textContent ).toBe( '' );
		await press( 'Push now' );
		expect( buttons().every( ( { disabled } ) => disabled ) ).toBe( true );
		expect( box.attributes[ 'aria-busy' ] ).toBe( 'true' );
		answer( result( order() ) );
		await settle();
		expect( asked[ 1 ]?.path ).toMatch( /orders-push$/ );
		expect( asked[ 1 ]?.data.input ).toEqual( {
			orderIds: [ 4336 ],
			wait: true,
		} );
		expect( asked[ 1 ]?.data.idempotencyKey ).toMatch( /^[0-9a-f]{32}$/ );
		expect( facts.textContent ).toBe( 'SyncedSales order 100234' );
		expect( speak ).toHaveBeenCalledWith( 'Synced' );
		expect( buttons().some( ( { disabled } ) => disabled ) ).toBe( false );
	} );

	test( 'a preview tells the steps and writes nothing', async () => {
		const steps = [ { type: 'CreateOrder', summary: 'Sales order of 3' } ];
		await open(
			shown(),
			result( order( { plan: { steps } } ) ),
			result( order() )
		);
		await press( 'Preview' );
		expect( asked[ 1 ]?.data.input ).toEqual( {
			orderIds: [ 4336 ],
			dryRun: true,
		} );
		expect( message.textContent ).toContain( 'nothing was written' );
		expect( message.textContent ).toContain( 'Sales order of 3' );
		await press( 'Preview' );
		expect( message.textContent ).toBe( 'There is nothing to do.' );
	} );

	test( 'holds and releases', async () => {
		await open(
			shown(),
			result( {} ),
			shown( { state: 'held' } ),
			result( {} ),
			shown()
		);
		await press( 'Hold' );
		expect( names() ).toEqual( [ 'Release' ] );
		await press( 'Release' );
		expect( asked.map( ( { data } ) => data.input ) ).toMatchObject( [
			{},
			{ decision: 'hold', orderIds: [ 4336 ] },
			{},
			{ decision: 'release', orderIds: [ 4336 ] },
			{},
		] );
		expect( names() ).toContain( 'Hold' );
	} );

	test( 'tells failures in words, keeps what was shown, and can be asked again', async () => {
		facts.append( 'Sales order 7' );
		await open(
			{
				code: 'sidecar_unreachable',
				message: 'The sidecar <em>cannot</em> be reached.',
				data: { fix: 'Check it.' },
			},
			shown(),
			result( {
				orderId: 4336,
				error: { code: 'busy', message: 'Busy.', fix: 'Wait.' },
			} )
		);
		expect( facts.textContent ).toBe( 'Sales order 7' );
		expect( message.all().map( ( p ) => p.textContent ) ).toEqual( [
			'The sidecar cannot be reached.',
			'Check it.',
		] );
		await press( 'Try again' );
		expect( message.textContent ).toBe( '' );
		await press( 'Push now' );
		expect( message.textContent ).toBe( 'Busy.Wait.' );
		expect( facts.textContent ).toContain( 'Synced' );
	} );

	test( 'sets no markup', () => {
		expect( script ).not.toMatch(
			/innerHTML|outerHTML|insertAdjacentHTML|document\.write/
		);
	} );
} );
