/**
 * Either side is down, answers nonsense or says "not so fast": nothing is lost, a person is told
 * once and in plain words, and everything goes on by itself.
 */
import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
	afterAll,
	afterEach,
	beforeAll,
	describe,
	expect,
	test,
} from '@jest/globals';
import type { StockRun } from '../../src/contracts/answers.ts';
import {
	CONNECTION,
	doubled,
	eventually,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	pause,
	type Scene,
	type Stage,
} from './kit.ts';

const subject = `connection:${ CONNECTION }`;

/** A wire to Brightpearl that can be cut: nobody listens then. */
interface Wire {
	readonly url: string;
	cut(): Promise< void >;
	mend(): Promise< void >;
}

async function openWire( to: string ): Promise< Wire > {
	const { hostname, port } = new URL( to );
	const sockets = new Set< Socket >();
	let server: Server;
	let own = 0;
	async function mend(): Promise< void > {
		server = createServer( ( from ) => {
			const there = connect( Number( port ), hostname );
			for ( const socket of [ from, there ] ) {
				sockets.add( socket );
				socket.on( 'error', () => {} );
				socket.on( 'close', () => {
					sockets.delete( socket );
					from.destroy();
					there.destroy();
				} );
			}
			from.pipe( there ).pipe( from );
		} );
		server.listen( own, '127.0.0.1' );
		await once( server, 'listening' );
		own = ( server.address() as AddressInfo ).port;
	}
	await mend();
	return {
		url: `http://127.0.0.1:${ own }`,
		mend,
		async cut() {
			const closed = once( server, 'close' );
			server.close();
			for ( const socket of sockets ) {
				socket.destroy();
			}
			await closed;
		},
	};
}

let stage: Stage;
let wire: Wire;
let scene: Scene;
beforeAll( async () => {
	stage = await openStage();
	wire = await openWire(
		stage.brightpearl.account( 'sandbox-gb' ).apiDomain
	);
	scene = await openScene( stage, {
		settings: { ...gbSettings(), goLive: await goLiveNow() },
		apiDomain: wire.url,
	} );
	await scene.serve();
	await scene.webhooks();
} );
afterAll( async () => {
	await scene?.end();
	await wire?.cut();
	await stage?.end();
} );
afterEach( async () => {
	await stage.shop.clearFaults();
	await stage.brightpearl.clearFaults();
} );

const problemsOf = async () =>
	( await scene.problems() ).map( ( problem ) => [
		problem.code,
		problem.subject,
	] );
const healthOf = async () => ( await scene.status() ).connections[ 0 ]?.health;

async function allSynced(
	ids: readonly number[],
	patience = 20_000
): Promise< void > {
	for ( const id of ids ) {
		const order = await scene.order( id, 'synced', patience );
		expect( order.proof?.matches ).toBe( true );
	}
	expect( doubled( await scene.state() ) ).toEqual( [] );
	expect( await scene.problems() ).toEqual( [] );
	expect( await healthOf() ).toBe( 'ok' );
}

const sell = async ( count = 2 ) =>
	( await scene.shop.sell( { count, sku: 'OSB-01' } ) ).orders.map(
		( { id } ) => id
	);

describe( 'the shop', () => {
	test.each( [ 'bom', 'php-warning' ] )(
		'answers with a %s before the JSON: the order arrives at once',
		async ( kind ) => {
			await scene.shop.fault( { kind } );
			await allSynced( await sell( 1 ) );
		}
	);

	test.each( [
		'truncated',
		'empty',
		'server-error',
		'reset',
		'lost-answer',
		'error-after-work',
	] )(
		'answers with %s: the order is tried again and arrives',
		async ( kind ) => {
			await scene.shop.fault( { kind, count: 1 } );
			await allSynced( await sell( 1 ) );
		}
	);

	test.each( [
		{ kind: 'rate-limited', seconds: 30 },
		{ kind: 'maintenance', seconds: 60 },
	] )(
		'asks for time with $kind: it is given, and a person may say "now"',
		async ( { kind, seconds } ) => {
			await scene.shop.fault( { kind, count: 1 } );
			const [ id ] = await sell( 1 );
			const waiting = await eventually( 'the order waits', async () => {
				const order = await scene.orderOf( id! );
				return order?.nextAttemptAt != null && order.attempts > 0
					? order
					: null;
			} );
			const wait = Date.parse( waiting.nextAttemptAt! ) - Date.now();
			expect( wait ).toBeGreaterThan( ( seconds - 5 ) * 1000 );
			expect( wait ).toBeLessThanOrEqual( seconds * 1000 );
			await scene.must( 0, 'orders', 'push', String( id ) );
			await allSynced( [ id! ] );
		}
	);

	test( 'is behind a login page: told once, and everything goes on when the page is gone', async () => {
		await scene.shop.fault( { kind: 'login-redirect' } );
		const stopped = await sell( 3 );
		await eventually(
			'it is told',
			async () => ( await scene.problems() ).length > 0
		);
		await scene.must( 0, 'status', '--wait-idle' );
		expect( await problemsOf() ).toEqual( [
			[ 'credentials-store', subject ],
		] );
		expect( await healthOf() ).toBe( 'down' );
		await scene.must( 4, 'orders', 'push', String( stopped[ 0 ] ) );
		await scene.shop.clearFaults();
		// Whatever is heard of the shop next shows that it is back.
		await allSynced( [ ...( await sell( 1 ) ), ...stopped ] );
	} );

	test( 'is down for a while: told after some tries, nothing is lost', async () => {
		await scene.shop.fault( { kind: 'reset' } );
		const ids = await sell( 3 );
		await eventually(
			'it is told',
			async () => ( await scene.problems() ).length > 0
		);
		expect( await problemsOf() ).toEqual( [
			[ 'store-unreachable', subject ],
		] );
		expect( await healthOf() ).toBe( 'down' );
		const push = await scene.cli( 'orders', 'push', String( ids[ 0 ] ) );
		expect( push.code ).toBe( 5 );
		const pull = await scene.cli( 'stock', 'pull' );
		expect( pull.code ).toBe( 5 );
		await scene.shop.clearFaults();
		await allSynced( ids );
	} );

	test.each( [ 'lost-answer', 'error-after-work', 'truncated' ] )(
		'loses the answer to a batch of stock (%s): the run is taken up again and the figures are right',
		async ( kind ) => {
			await scene.changeStock( 'WOOL-BL', { change: 3 } );
			await scene.changeStock( 'SHIRT-M-EC', { change: 3 } );
			await scene.shop.fault( {
				kind,
				method: 'POST',
				path: '/batch',
				count: 1,
			} );
			const first = await scene.cli( 'stock', 'pull' );
			expect( [ 0, 3, 5 ] ).toContain( first.code );
			await eventually( 'both are right', async () => {
				await scene.operation< StockRun >( 'stockPull' );
				return (
					( await scene.shop.stock( 'WOOL-BL' ) ) ===
						( await scene.onHand( 'WOOL-BL' ) ) &&
					( await scene.shop.stock( 'SHIRT-M-EC' ) ) ===
						( await scene.onHand( 'SHIRT-M-EC' ) )
				);
			} );
			await scene.must( 0, 'status', '--wait-idle' );
			expect( await scene.problems() ).toEqual( [] );
		}
	);
} );

describe( 'Brightpearl', () => {
	test.each( [
		{ kind: 'unavailable', body: 'json' },
		{ kind: 'unavailable', body: 'html' },
		{ kind: 'error', body: 'json' },
		{ kind: 'cut', body: 'json' },
	] )(
		'answers the next requests with $kind ($body): the orders are tried again and arrive',
		async ( fault ) => {
			await scene.brightpearl.fault( { ...fault, count: 3 } );
			await allSynced( await sell( 3 ) );
		}
	);

	test( 'cannot be reached: told once after some tries, nothing is lost, and it goes on by itself', async () => {
		await wire.cut();
		const ids = await sell( 3 );
		await eventually(
			'it is told',
			async () => ( await scene.problems() ).length > 0
		);
		expect( await problemsOf() ).toEqual( [
			[ 'brightpearl-unreachable', subject ],
		] );
		expect( await healthOf() ).toBe( 'down' );
		await scene.must( 5, 'orders', 'push', String( ids[ 0 ] ) );
		const refused = await scene.must< {
			findings: { side: string; level: string }[];
		} >( 3, 'connection', 'check', CONNECTION );
		expect( refused.findings ).toContainEqual(
			expect.objectContaining( { side: 'brightpearl', level: 'error' } )
		);
		// More is sold meanwhile, and the service is restarted.
		const more = await sell( 2 );
		await eventually(
			'all are known',
			async () => ( await scene.orderOf( more[ 1 ]! ) ) !== null
		);
		await scene.stop();
		await scene.serve();
		await scene.webhooks();
		await wire.mend();
		await allSynced( [ ...ids, ...more ], 30_000 );
	}, 60_000 );
} );

describe( 'the allowance of requests', () => {
	afterEach( () => stage.brightpearl.switches( { requestsPerMinute: 200 } ) );

	test( 'is never exceeded by us alone, however much there is to do', async () => {
		await pause( 1000 );
		await stage.brightpearl.switches( { requestsPerMinute: 20 } );
		const before = await scene.brightpearl.lastRequest();
		await allSynced( await sell( 60 ), 30_000 );
		const sent = await scene.brightpearl.requests( before );
		expect( sent.length ).toBeGreaterThan( 20 );
		expect( sent.filter( ( { status } ) => status === 503 ) ).toEqual( [] );
		expect(
			( await scene.status() ).connections[ 0 ]?.budget.refused
		).toBe( 0 );
	}, 40_000 );

	test( 'is used up by another app: told, and it goes on when there is room', async () => {
		await stage.brightpearl.switches( { requestsPerMinute: 30 } );
		const { account } = scene.account;
		let hungry = true;
		const other = ( async () => {
			while ( hungry ) {
				await Promise.all(
					Array.from( { length: 8 }, () =>
						scene.brightpearl.api(
							account,
							'GET',
							'/integration-service/account-configuration'
						)
					)
				);
			}
		} )();
		const ids = await sell( 3 );
		await eventually( 'it is told', async () =>
			( await scene.problems() ).some(
				( { code } ) => code === 'throttled'
			)
		);
		expect( await problemsOf() ).toEqual( [ [ 'throttled', subject ] ] );
		expect(
			( await scene.status() ).connections[ 0 ]?.budget.refused
		).toBeGreaterThan( 0 );
		// Busy is not down.
		expect( await healthOf() ).toBe( 'degraded' );
		hungry = false;
		await other;
		await allSynced( ids, 30_000 );
	}, 60_000 );
} );

test( 'no secret was told anywhere', async () => {
	expect( await scene.leaks() ).toEqual( [] );
} );
