/** The readiness report and `connection check`, of settings that cannot work. */
import { afterEach, expect, test } from '@jest/globals';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

const report = () => scene.run( 'mappingReport', { connection: null } );

test( 'settings that name what neither side has are told, each once, and make it not ready', async () => {
	scene = await createOrderScene( {
		settings: {
			orders: {
				payments: { stripe: 'CARD', '': 'CARD', '*': 'CARD' },
				cancelledStatusId: 99999,
				customFields: { PCF_NOPE: 'number' },
				rules: [ { country: 'GB', channelId: 9 } ],
			},
			writeBack: { status: { '21': 'completedd' }, mails: 'send' },
		},
	} );
	const told = await report();
	const items = 'items' in told.body ? told.body.items : [];
	const settings = items.filter(
		( { kind, level } ) => kind === 'setting' && level === 'error'
	);
	expect( settings.map( ( { store } ) => store ).sort() ).toEqual( [
		'orders.cancelledStatusId',
		'orders.customFields',
		'orders.rules',
		'writeBack.status',
	] );
	expect( settings.map( ( { message } ) => message ).join( '\n' ) ).toMatch(
		/completedd/
	);
	expect( told ).toMatchObject( { exit: 3, body: { ready: false } } );

	const checked = await scene.run( 'connectionCheck', { name: null } );
	const findings = 'findings' in checked.body ? checked.body.findings : [];
	expect(
		findings
			.filter( ( { code } ) => code === 'setting-unknown' )
			.map( ( { side } ) => side )
			.sort()
	).toEqual( [ 'brightpearl', 'brightpearl', 'brightpearl', 'store' ] );
	expect( checked.exit ).toBe( 3 );
} );

test( 'settings that both sides know are not told', async () => {
	scene = await createOrderScene( {
		settings: {
			orders: { cancelledStatusId: 5 },
			writeBack: { status: { '21': 'processing' }, mails: 'send' },
		},
	} );
	const { body } = await report();
	const items = 'items' in body ? body.items : [];
	expect(
		items.filter( ( { code } ) => code === 'setting-unknown' )
	).toEqual( [] );
} );
