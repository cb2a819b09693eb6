/** SKU aliases: imported, used by the orders that waited, exported; settings with them. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { settingsExportSchema } from '../../../src/contracts/answers.ts';
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

const importCsv = ( csv: string, allowEmpty = false ) =>
	scene.run( 'aliasesImport', { connection: null, csv, allowEmpty } );
const exported = async () =>
	( await scene.run( 'aliasesExport', { connection: null } ) ).body;

test( 'an order that waited for a SKU is pushed once it has an alias', async () => {
	const [ line ] = anOrder( { id: 1 } ).lines;
	const known = line?.sku ?? '';
	scene.shop.put(
		anOrder( {
			id: 1,
			lines: anOrder( { id: 1 } ).lines.map( ( one ) => ( {
				...one,
				sku: `old ${ one.sku }`,
			} ) ),
		} )
	);
	anOrder( { id: 1 } ).lines.forEach( ( { sku } ) =>
		scene.erp.unknownSkus.add( `old ${ sku }` )
	);
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [ 'order:1 sku-unknown' ] );

	const aliases = anOrder( { id: 1 } ).lines.map(
		( { sku } ) => `old ${ sku },${ sku }\r\n`
	);
	expect(
		await importCsv(
			`sku,alias\r\n${ [ ...new Set( aliases ) ].join( '' ) }`
		)
	).toMatchObject( { exit: 0, body: { retried: 1 } } );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [] );
	expect( scene.erp.sales ).toHaveLength( 1 );
	expect( await exported() ).toMatchObject( {
		items: expect.arrayContaining( [
			{ sku: `old ${ known }`, alias: known },
		] ),
	} );
} );

test( 'a faulty table changes nothing and every line is told', async () => {
	await importCsv( 'sku,alias\nA,B\n' );
	const refused = await importCsv( 'sku,alias\nA,\n,C\n' );
	expect( refused ).toMatchObject( {
		exit: 2,
		body: {
			error: {
				code: 'invalid-aliases',
				details: [ { path: 'line 2' }, { path: 'line 3' } ],
			},
		},
	} );
	expect( await exported() ).toEqual( {
		items: [ { sku: 'A', alias: 'B' } ],
		total: 1,
	} );
} );

test( 'settings leave as a document and come back, but for goLive and the prefix', async () => {
	await importCsv( 'sku,alias\nA,B\n' );
	await scene.set( { 'orders.delay': '3m', 'orders.refPrefix': 'mine' } );
	const left = await scene.run( 'settingsExport', { connection: null } );
	const document = settingsExportSchema.parse( left.body );
	expect( document ).toMatchObject( {
		connection: 'main',
		settings: { orders: { delay: '3m' } },
		aliases: [ { sku: 'A', alias: 'B' } ],
	} );
	expect( JSON.stringify( document ) ).not.toMatch(
		/ck_test|cs_test|"token"/
	);

	await importCsv( 'sku,alias\nX,Y\n' );
	await scene.set( { 'orders.delay': '0s', goLive: 'null' } );
	const came = await scene.run(
		'settingsImport',
		{
			connection: null,
			document: {
				...document,
				connection: 'another',
				settings: {
					...document.settings,
					goLive: '2020-01-01T00:00:00.000Z',
					orders: {
						...document.settings.orders,
						refPrefix: 'theirs',
					},
				},
			},
		},
		'a person'
	);
	expect( came ).toMatchObject( {
		exit: 0,
		body: { goLive: null, orders: { delay: '3m', refPrefix: 'mine' } },
	} );
	expect( await exported() ).toMatchObject( {
		items: [ { sku: 'A', alias: 'B' } ],
	} );
	expect(
		await scene.run( 'settingsHistory', { connection: null, limit: 1 } )
	).toMatchObject( {
		body: {
			items: [ { by: 'a person', changes: [ { key: 'orders.delay' } ] } ],
		},
	} );
} );

test( 'a faulty document changes nothing, and all its faults are told', async () => {
	await importCsv( 'sku,alias\nA,B\n' );
	const refused = await scene.run( 'settingsImport', {
		connection: null,
		document: {
			format: 'pearlbridge-settings',
			version: 1,
			connection: 'main',
			exportedAt: '2026-01-01T00:00:00Z',
			extra: 1,
			settings: { orders: { delay: 'soon', nonsense: 1 } },
			aliases: [ { sku: 'A', alias: '' } ],
		},
	} );
	expect( refused.exit ).toBe( 2 );
	const text = JSON.stringify( refused.body );
	for ( const fault of [ 'extra', 'delay', 'nonsense', 'aliases.0' ] ) {
		expect( text ).toContain( fault );
	}
	expect( await exported() ).toMatchObject( { total: 1 } );
	expect(
		await scene.run( 'settingsHistory', { connection: null, limit: 1 } )
	).toMatchObject( { body: { items: [] } } );
} );

test.each( [
	[ 'the header alone', 'sku,alias\r\n' ],
	[ 'blank lines', 'sku,alias\n,\n\n;\n'.replace( ';', ',' ) ],
	[ 'aliases of themselves', 'sku,alias\nA,A\n' ],
] )(
	'a table of %s removes nothing, unless it is said to',
	async ( _, table ) => {
		await importCsv( 'sku,alias\nA,B\n' );
		expect( await importCsv( table ) ).toMatchObject( {
			exit: 2,
			body: {
				error: {
					code: 'no-aliases',
					fix: expect.stringContaining( '--allow-empty' ),
				},
			},
		} );
		expect( await exported() ).toMatchObject( { total: 1 } );
		expect( await importCsv( table, true ) ).toMatchObject( {
			exit: 0,
			body: { imported: 0 },
		} );
		expect( await exported() ).toMatchObject( { total: 0 } );
	}
);

test( 'more lines than any shop has aliases are refused at once', async () => {
	const refused = await importCsv(
		`sku,alias\n${ 'A,B\n'.repeat( 200_001 ) }`
	);
	expect( refused ).toMatchObject( {
		exit: 2,
		body: {
			error: {
				code: 'invalid-aliases',
				details: [
					{
						path: 'line 200002',
						message: expect.stringContaining( '200000' ),
					},
				],
			},
		},
	} );
} );
