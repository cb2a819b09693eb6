/** Settings as a form has them: shown with a revision, saved against it, remembered with who. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SettingsState } from '../../../src/contracts/answers.ts';
import type { Settings } from '../../../src/contracts/settings.ts';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
beforeEach( async () => {
	scene = await createOrderScene();
} );
afterEach( () => scene.close() );

async function shown(): Promise< SettingsState > {
	const { exit, body } = await scene.run( 'settingsShow', {
		connection: null,
	} );
	expect( exit ).toBe( 0 );
	return body as SettingsState;
}

const save = (
	{ settings, revision }: SettingsState,
	change: Partial< Settings[ 'orders' ] >,
	by?: string
) =>
	scene.run(
		'settingsSave',
		{
			connection: null,
			revision,
			settings: {
				...settings,
				orders: { ...settings.orders, ...change },
			},
		},
		by
	);

const history = async () => {
	const { body } = await scene.run( 'settingsHistory', {
		connection: null,
		limit: 20,
	} );
	return ( body as { items: unknown[] } ).items;
};

test( 'a form is saved with who and when, and its next revision', async () => {
	const before = await shown();
	expect( before ).toMatchObject( {
		savedAt: null,
		savedBy: null,
		prefixFixed: false,
		settings: { orders: { refPrefix: 'shop-example-test' } },
	} );
	const { exit, body } = await save(
		before,
		{ payments: { stripe: 'CARD', bacs: 'BACS' } },
		'Ines (wp-admin)'
	);
	expect( exit ).toBe( 0 );
	expect( body ).toMatchObject( {
		savedBy: 'Ines (wp-admin)',
		savedAt: '2026-07-02T12:00:00.000Z',
		settings: { orders: { payments: { bacs: 'BACS' } } },
	} );
	expect( ( body as SettingsState ).revision ).toBeGreaterThan(
		before.revision
	);
	expect( await history() ).toEqual( [
		{
			at: '2026-07-02T12:00:00.000Z',
			by: 'Ines (wp-admin)',
			changes: [
				{ key: 'orders.payments.bacs', from: null, to: 'BACS' },
			],
		},
	] );
	expect( ( await scene.connected() ).settings.orders.payments ).toEqual( {
		stripe: 'CARD',
		bacs: 'BACS',
	} );
	expect( scene.events ).toContainEqual( {
		event: 'changed',
		connection: 'main',
		what: 'settings',
	} );
} );

test( 'a form that changes nothing leaves no line behind', async () => {
	const before = await shown();
	const { exit, body } = await save( before, {} );
	expect( exit ).toBe( 0 );
	expect( body ).toEqual( before );
	expect( await history() ).toEqual( [] );
} );

test( 'a form made from older settings is refused, and says who was quicker', async () => {
	const before = await shown();
	await save( before, { delay: '5m' }, 'Ines' );
	const { exit, body } = await save( before, { delay: '9m' }, 'Otto' );
	expect( exit ).toBe( 2 );
	expect( body ).toMatchObject( {
		error: {
			code: 'settings-changed',
			message: expect.stringContaining(
				'by Ines at 2026-07-02T12:00:00.000Z'
			),
			fix: expect.any( String ),
			details: [
				{
					path: 'settings.orders.delay',
					message: 'was changed meanwhile',
				},
			],
		},
	} );
	expect( ( await shown() ).settings.orders.delay ).toBe( '5m' );
} );

test( 'the command line writes the history, too', async () => {
	await scene.set( { 'orders.delay': '5m', 'stock.every': 'null' } );
	expect( await history() ).toMatchObject( [
		{
			by: 'command line',
			changes: [
				{ key: 'orders.delay', from: '0s', to: '5m' },
				{ key: 'stock.every', from: '10m', to: null },
			],
		},
	] );
} );

test( 'after the first push the prefix is fixed, also for a form', async () => {
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	const before = await shown();
	expect( before.prefixFixed ).toBe( true );
	const refused = await save( before, { refPrefix: 'another' } );
	expect( refused ).toMatchObject( {
		exit: 2,
		body: { error: { code: 'prefix-fixed' } },
	} );
	// Sent back as it was shown it is no change.
	const saved = await save( before, { delay: '5m' } );
	expect( saved.exit ).toBe( 0 );
	expect( await history() ).toMatchObject( [
		{ changes: [ { key: 'orders.delay' } ] },
	] );
} );

test( 'two who change different settings at once both have their way', async () => {
	const [ one, other ] = await Promise.all( [
		scene.run( 'settingsSet', {
			connection: null,
			changes: [ { key: 'orders.delay', text: '5m' } ],
		} ),
		scene.run( 'settingsSet', {
			connection: null,
			changes: [ { key: 'sweep.every', text: '7m' } ],
		} ),
	] );
	expect( [ one.exit, other.exit ] ).toEqual( [ 0, 0 ] );
	expect( ( await shown() ).settings ).toMatchObject( {
		orders: { delay: '5m' },
		sweep: { every: '7m' },
	} );
} );
