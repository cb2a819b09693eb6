/** What the shop is told of its order: once, and never again for its own echo. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { hold, retry } from '../../../src/contracts/result.ts';
import {
	createWriteBackScene,
	NEW,
	refusedDraft,
	SHIPPED,
	type WriteBackScene,
} from '../../helpers/fakes/write-back-scene.ts';

let scene: WriteBackScene;
beforeEach( async () => {
	scene = await createWriteBackScene();
	await scene.put( 1, NEW );
} );
afterEach( () => scene.close() );

const MAPPED = { status: { [ SHIPPED ]: 'completed' } };
const ALL = { meta: true, note: true, ...MAPPED };
const outage = retry( 'store', 'outage', 'Away.' ).failure;

test( 'nothing is written unless it is asked for', async () => {
	await scene.move( 1, SHIPPED );
	expect( ( await scene.write( scene.connected(), 1 ) ).ok ).toBe( true );
	expect( scene.writes ).toEqual( [] );
	expect( ( await scene.link( 1 ) ).writtenBack ).toBeNull();
} );

test( 'status, meta and note are written, and their echo finds nothing left', async () => {
	const connected = scene.connected( ALL );
	await scene.move( 1, SHIPPED );
	const written = await scene.write( connected, 1 );
	expect( scene.writes ).toEqual( [
		'status 1 completed quiet',
		'meta 1 _pearlbridge_sales_order _pearlbridge_status',
		'note 1',
	] );
	expect( scene.orders.get( 1 )?.meta ).toEqual( {
		_pearlbridge_sales_order: '20001',
		_pearlbridge_status: 'Shipped',
	} );
	expect( scene.notes.map( ( { text } ) => text ) ).toEqual( [
		'Pearlbridge: in Brightpearl as sales order 20001.',
	] );
	const told = {
		salesOrderId: 20001,
		statusId: SHIPPED,
		status: 'completed',
		noted: true,
	};
	expect( written ).toMatchObject( {
		ok: true,
		value: { writtenBack: told },
	} );
	expect( ( await scene.link( 1 ) ).writtenBack ).toEqual( told );

	for ( let echo = 0; echo < 3; echo += 1 ) {
		await scene.advance( 1000 );
		await scene.write( connected, 1 );
	}
	expect( scene.writes ).toHaveLength( 3 );
} );

test( 'a status that the shop left again is not written once more', async () => {
	const connected = scene.connected( MAPPED );
	await scene.move( 1, SHIPPED );
	await scene.write( connected, 1 );
	const order = scene.orders.get( 1 );
	scene.orders.set( 1, { ...( order ?? never() ), status: 'on-hold' } );
	await scene.write( connected, 1 );
	expect( scene.writes ).toHaveLength( 1 );
	expect( scene.orders.get( 1 )?.status ).toBe( 'on-hold' );
} );

test( 'mails are sent only where the settings say so', async () => {
	await scene.move( 1, SHIPPED );
	await scene.write( scene.connected( { ...MAPPED, mails: 'send' } ), 1 );
	expect( scene.writes ).toEqual( [ 'status 1 completed loud' ] );
} );

test( 'without the plugin a quiet status waits, told once of the connection; the rest is written', async () => {
	scene.hasPlugin = false;
	await scene.put( 2, NEW );
	const connected = scene.connected( ALL );
	for ( const id of [ 1, 2 ] ) {
		await scene.move( id, SHIPPED );
		expect( await scene.write( connected, id ) ).toMatchObject( {
			ok: true,
			value: { writtenBack: { statusId: null, status: null } },
		} );
	}
	expect( await scene.problems() ).toEqual( [
		'write-back-refused writeBack.mails',
	] );
	expect( scene.writes.filter( ( what ) => /^status/.test( what ) ) ).toEqual(
		[]
	);
	expect( scene.writes ).toHaveLength( 4 );
	expect( scene.orders.get( 1 )?.status ).toBe( 'processing' );

	scene.hasPlugin = true;
	await scene.write( connected, 1 );
	expect( scene.orders.get( 1 )?.status ).toBe( 'completed' );
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'a status the shop does not have is told with the setting that names it', async () => {
	const connected = scene.connected( { status: { [ SHIPPED ]: 'packed' } } );
	await scene.move( 1, SHIPPED );
	expect( ( await scene.write( connected, 1 ) ).ok ).toBe( true );
	expect( await scene.problems() ).toEqual( [
		`write-back-refused writeBack.status.${ SHIPPED }`,
	] );
	await scene.write( scene.connected( MAPPED ), 1 );
	expect( scene.orders.get( 1 )?.status ).toBe( 'completed' );
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'what stops one status does not end with another', async () => {
	await scene.move( 1, SHIPPED );
	await scene.write(
		scene.connected( { status: { [ SHIPPED ]: 'packed' } } ),
		1
	);
	await scene.put( 2, SHIPPED );
	await scene.move( 2, NEW );
	await scene.write(
		scene.connected( { status: { [ NEW ]: 'on-hold' } } ),
		2
	);
	expect( scene.orders.get( 2 )?.status ).toBe( 'on-hold' );
	expect( await scene.problems() ).toHaveLength( 1 );
} );

test( 'another problem of the connection stays when a refusal ends', async () => {
	await scene.database.problems.raise( 'main', 'connection:main', {
		...refusedDraft( 'stock' ),
		code: 'stock-breaker',
	} );
	scene.hasPlugin = false;
	await scene.move( 1, SHIPPED );
	await scene.write( scene.connected( MAPPED ), 1 );
	expect( await scene.problems() ).toHaveLength( 2 );
	scene.hasPlugin = true;
	await scene.write( scene.connected( MAPPED ), 1 );
	expect( await scene.problems() ).toEqual( [ 'stock-breaker stock' ] );
} );

test( 'a note whose answer was lost is not added twice', async () => {
	const connected = scene.connected( { note: true } );
	scene.lose = () => true;
	expect( await scene.write( connected, 1 ) ).toMatchObject( {
		ok: false,
		failure: { kind: 'retry', outcomeUnknown: true },
	} );
	scene.lose = () => false;
	expect( ( await scene.write( connected, 1 ) ).ok ).toBe( true );
	expect( scene.notes ).toHaveLength( 1 );
	expect( ( await scene.link( 1 ) ).writtenBack?.noted ).toBe( true );
} );

test( 'a status whose answer was lost is known for ours', async () => {
	const connected = scene.connected( MAPPED );
	await scene.move( 1, SHIPPED );
	scene.lose = () => true;
	expect( ( await scene.write( connected, 1 ) ).ok ).toBe( false );
	expect( ( await scene.link( 1 ) ).writtenBack?.status ).toBe( 'completed' );
	scene.lose = () => false;
	await scene.write( connected, 1 );
	expect( scene.writes ).toHaveLength( 1 );
	expect( ( await scene.link( 1 ) ).writtenBack ).toMatchObject( {
		statusId: SHIPPED,
		status: 'completed',
	} );
} );

test( 'a status is written once, also where the meta after it fails', async () => {
	const connected = scene.connected( ALL );
	await scene.move( 1, SHIPPED );
	scene.refuse = ( what ) => ( what.startsWith( 'meta' ) ? outage : null );
	expect( await scene.write( connected, 1 ) ).toMatchObject( {
		ok: false,
		failure: { kind: 'retry' },
	} );
	// The shop moves on before the task comes again.
	const order = scene.orders.get( 1 ) ?? never();
	scene.orders.set( 1, { ...order, status: 'on-hold' } );
	scene.refuse = () => null;
	await scene.write( connected, 1 );
	expect( scene.writes ).toEqual( [
		'status 1 completed quiet',
		'meta 1 _pearlbridge_sales_order _pearlbridge_status',
		'note 1',
	] );
} );

test( 'what a person must solve on the order is handed back, and nothing counts as told', async () => {
	scene.refuse = () =>
		hold( { ...refusedDraft( 'writeBack.meta' ) } ).failure;
	expect(
		await scene.write( scene.connected( { meta: true } ), 1 )
	).toMatchObject( {
		ok: false,
		failure: { kind: 'hold', problem: { field: 'writeBack.meta' } },
	} );
	expect( ( await scene.link( 1 ) ).writtenBack ).toBeNull();
} );

test( 'a status that is refused for another reason is handed back and can come again', async () => {
	await scene.move( 1, SHIPPED );
	scene.refuse = () =>
		hold( { ...refusedDraft( '' ), code: 'plugin-unreachable' } ).failure;
	expect( await scene.write( scene.connected( MAPPED ), 1 ) ).toMatchObject( {
		failure: { problem: { code: 'plugin-unreachable' } },
	} );
	expect( ( await scene.link( 1 ) ).writtenBack ).toBeNull();
	scene.refuse = () => null;
	await scene.write( scene.connected( MAPPED ), 1 );
	expect( scene.orders.get( 1 )?.status ).toBe( 'completed' );
} );

test( 'while Brightpearl does not tell its statuses, none is told by its id', async () => {
	scene.outage = outage;
	expect(
		await scene.write( scene.connected( { meta: true } ), 1 )
	).toMatchObject( { ok: false, failure: { kind: 'retry' } } );
	expect( scene.writes ).toEqual( [] );
} );

test( 'an order that vanished meanwhile is left for the next look', async () => {
	const connected = scene.connected( ALL );
	await scene.move( 1, SHIPPED );
	const order = scene.orders.get( 1 ) ?? never();
	const link = await scene.link( 1 );
	scene.orders.clear();
	const { writeBack } =
		await import( '../../../src/flows/orders/write-back.ts' );
	expect( ( await writeBack( connected, order, link ) ).ok ).toBe( true );
	expect( scene.writes ).toEqual( [] );
	expect( ( await scene.link( 1 ) ).writtenBack?.noted ?? false ).toBe(
		false
	);
} );

function never(): never {
	throw new Error( 'The shop has no such order.' );
}
