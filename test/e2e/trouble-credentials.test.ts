/**
 * Keys that are wrong, may too little or cannot be read stop the connection: told once, and as
 * soon as they are right everything goes on by itself.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	expect,
	test,
} from '@jest/globals';
import type { StockRun } from '../../src/contracts/answers.ts';
import { answerConsent } from '../helpers/consent-page.ts';
import {
	CONNECTION,
	doubled,
	eventually,
	expectInPlainWords,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	pause,
	type Scene,
	type Stage,
} from './kit.ts';

let stage: Stage;
beforeAll( async () => {
	stage = await openStage();
	await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
} );
afterAll( () => stage?.end() );

let scene: Scene;
let scenes = 0;
/** Not serving yet, live from now on. */
beforeEach( async () => {
	const settings = gbSettings();
	scenes += 1;
	scene = await openScene( stage, {
		settings: {
			...settings,
			goLive: await goLiveNow(),
			orders: { ...settings.orders, refPrefix: `keys-${ scenes }` },
		},
	} );
} );
afterEach( async () => {
	expect( await scene.leaks() ).toEqual( [] );
	await scene.end();
} );

const problemsOf = async () =>
	( await scene.problems() ).map( ( { code, subject } ) => [
		code,
		subject,
	] );
const subject = `connection:${ CONNECTION }`;
const pushed = async () => {
	const { refPrefix } = scene.file.settings[ 'orders' ] as {
		refPrefix: string;
	};
	return ( await scene.state() ).orders.filter( ( { externalRef } ) =>
		externalRef?.startsWith( `${ refPrefix }-` )
	);
};

test.each( [
	{
		what: 'a wrong key of the shop',
		code: 'credentials-store',
		spoil: {
			store: {
				consumerSecret: 'cs_0000000000000000000000000000000000000000',
			},
		},
	},
	{
		what: 'a wrong token of Brightpearl',
		code: 'credentials-brightpearl',
		spoil: {
			brightpearl: {
				auth: { accountToken: 'bm90IHRoZSByaWdodCB0b2tlbg==' },
			},
		},
	},
] )(
	'$what stops the connection once; the right one, and everything goes on by itself',
	async ( { code, spoil } ) => {
		const good = scene.file;
		const auth = good.brightpearl[ 'auth' ] as Record< string, string >;
		await scene.replace( ( file ) => ( {
			...file,
			store: {
				...file.store,
				...( 'store' in spoil ? spoil.store : {} ),
			},
			brightpearl: {
				...file.brightpearl,
				auth: {
					...auth,
					...( 'brightpearl' in spoil
						? spoil.brightpearl?.auth
						: {} ),
				},
			},
		} ) );
		await scene.serve();
		await scene.webhooks();
		const { orders } = await scene.shop.sell( {
			count: 4,
			sku: 'OSB-01',
		} );
		await eventually(
			'the problem is told',
			async () => ( await scene.problems() ).length > 0
		);
		await scene.must( 0, 'status', '--wait-idle' );
		// One problem, however many orders it stops.
		expect( await problemsOf() ).toEqual( [ [ code, subject ] ] );
		expectInPlainWords( ( await scene.problems() )[ 0 ]! );
		expect( ( await scene.status() ).connections[ 0 ] ).toMatchObject( {
			health: 'down',
		} );
		expect( ( await scene.status() ).connections[ 0 ]?.why ).toMatch(
			/^.{15,}$/
		);
		const push = await scene.cli(
			'orders',
			'push',
			String( orders[ 0 ]?.id )
		);
		expect( push.code ).toBe( 4 );
		const check = await scene.must< {
			findings: { code: string; level: string }[];
		} >( 3, 'connection', 'check', CONNECTION );
		expect( check.findings ).toContainEqual(
			expect.objectContaining( { code, level: 'error' } )
		);
		expect( await problemsOf() ).toEqual( [ [ code, subject ] ] );
		expect( await pushed() ).toEqual( [] );

		expect( ( await scene.replace( () => good ) ).code ).toBe( 0 );
		for ( const { id } of orders ) {
			await scene.order( id, 'synced' );
		}
		expect( await scene.problems() ).toEqual( [] );
		expect( ( await scene.status() ).connections[ 0 ] ).toMatchObject( {
			health: 'ok',
			why: null,
		} );
		expect( doubled( await scene.state() ) ).toEqual( [] );
	}
);

test( 'a key that may only read stops stock, not orders; a better one, and stock is pulled', async () => {
	const good = scene.file;
	await scene.replace( ( file ) => ( {
		...file,
		store: { ...file.store, ...scene.shop.readOnly },
	} ) );
	await scene.serve();
	await scene.webhooks();
	await scene.order(
		await scene.shop.sellOne( { sku: 'LIN-APR' } ),
		'synced'
	);
	await scene.must( 0, 'settings', 'set', 'stock.every=12h' );
	await scene.must( 0, 'status', '--wait-idle' );
	await scene.changeStock( 'WOOL-BL', { set: 61 } );
	const pulled = await scene.cli( 'stock', 'pull' );
	expect( [ pulled.code, pulled.stdout ] ).toEqual( [
		4,
		expect.stringContaining( 'rights-store' ),
	] );
	expect( await problemsOf() ).toEqual( [ [ 'rights-store', subject ] ] );
	// Orders go on; that the key reads is no sign that it may write.
	await scene.order(
		await scene.shop.sellOne( { sku: 'LIN-APR' } ),
		'synced'
	);
	expect( await problemsOf() ).toEqual( [ [ 'rights-store', subject ] ] );
	expect( ( await scene.status() ).connections[ 0 ] ).toMatchObject( {
		health: 'degraded',
	} );

	await scene.replace( () => good );
	const run = await scene.must< StockRun >( 0, 'stock', 'pull' );
	expect( run.state ).toBe( 'done' );
	expect( await scene.shop.stock( 'WOOL-BL' ) ).toBe( 61 );
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'a secret in a file that is not there is named by its path; when it is, everything goes on', async () => {
	const path = join( scene.bench.dataDir, 'shop-secret' );
	const { consumerSecret } = scene.file.store;
	await scene.replace( ( file ) => ( {
		...file,
		store: {
			...file.store,
			consumerSecret: { file: path } as unknown as string,
		},
	} ) );
	await scene.serve();
	await scene.webhooks();
	const orderId = await scene.shop.sellOne( { sku: 'OSB-01' } );
	await eventually(
		'the problem is told',
		async () => ( await scene.problems() ).length > 0
	);
	expect( await problemsOf() ).toEqual( [
		[ 'secret-unreadable', subject ],
	] );
	const push = await scene.cli( 'orders', 'push', String( orderId ) );
	expect( [ push.code, push.stdout ] ).toEqual( [
		2,
		expect.stringContaining( path ),
	] );

	await writeFile( path, `${ consumerSecret }\n` );
	const next = await scene.shop.sellOne( { sku: 'OSB-01' } );
	await scene.order( next, 'synced' );
	await scene.order( orderId, 'synced' );
	expect( await scene.problems() ).toEqual( [] );
	await rm( path );
} );

test( 'orders that one side’s missing secret stops do not wake each other for ever', async () => {
	const path = join( scene.bench.dataDir, 'account-token' );
	const good = scene.file;
	const auth = good.brightpearl[ 'auth' ] as Record< string, string >;
	await scene.replace( ( file ) => ( {
		...file,
		brightpearl: {
			...file.brightpearl,
			auth: { ...auth, accountToken: { file: path } },
		},
	} ) );
	await scene.serve();
	await scene.webhooks();
	const { orders } = await scene.shop.sell( { count: 3, sku: 'OSB-01' } );
	await scene.order( orders[ 2 ]!.id, 'problem' );
	await scene.must( 0, 'status', '--wait-idle' );
	const before = await scene.shop.lastRequest();
	await pause( 1000 );
	expect( await scene.shop.lastRequest() ).toBe( before );
	expect( await problemsOf() ).toEqual( [
		[ 'secret-unreadable', subject ],
	] );

	await writeFile( path, auth[ 'accountToken' ]! );
	await scene.must( 0, 'problems', 'retry', '--all' );
	for ( const { id } of orders ) {
		await scene.order( id, 'synced' );
	}
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'a consent that is missing stops the connection once; given, everything goes on by itself', async () => {
	const { oauth, oauthUrl } = scene.account;
	await scene.replace( ( file ) => ( {
		...file,
		brightpearl: {
			account: scene.account.account,
			sandbox: true,
			oauthUrl,
			auth: {
				type: 'oauth',
				clientId: oauth.clientId,
				clientSecret: oauth.clientSecret,
				devRef: oauth.devRef,
			},
		},
	} ) );
	await scene.serve();
	await scene.webhooks();
	const { orders } = await scene.shop.sell( { count: 3, sku: 'OSB-01' } );
	await eventually(
		'the problem is told',
		async () => ( await scene.problems() ).length > 0
	);
	await scene.must( 0, 'status', '--wait-idle' );
	expect( await problemsOf() ).toEqual( [
		[ 'credentials-brightpearl', subject ],
	] );
	const [ problem ] = await scene.problems();
	expectInPlainWords( problem! );
	expect( problem?.fix ).toContain( `connection authorize ${ CONNECTION }` );
	const { url } = await scene.operation< { url: string } >(
		'connectionConsent',
		{ name: CONNECTION }
	);
	const page = await fetch( await answerConsent( url ) );
	expect( page.status ).toBe( 200 );
	for ( const { id } of orders ) {
		await scene.order( id, 'synced' );
	}
	expect( await problemsOf() ).toEqual( [] );
	expect( await pushed() ).toHaveLength( orders.length );
} );
