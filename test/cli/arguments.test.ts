import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { errorAnswerSchema } from '../../src/contracts/answers.ts';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { createBench, type Bench } from './program/run-main.ts';

const NOTHING = {
	exit: 0,
	body: { items: [], total: 0, nextCursor: null },
} as const;

let bench: Bench;
beforeAll( () => {
	bench = createBench(
		Object.fromEntries(
			[
				'ordersPush',
				'ordersShow',
				'ordersList',
				'ordersDecide',
				'ordersSweep',
				'ordersBackfill',
				'backfillShow',
				'backfillCancel',
				'backfillPause',
				'backfillResume',
				'backfillList',
				'ordersResolve',
				'stockPull',
				'stockExplain',
				'problemsList',
				'problemsRetry',
				'status',
				'settingsGet',
				'settingsSet',
				'connectionShow',
				'connectionRemove',
				'connectionCheck',
				'connectionSite',
			].map( ( name ) => [ name, () => NOTHING ] )
		)
	);
} );
afterAll( () => bench.remove() );

describe( 'what is typed becomes the input of one operation', () => {
	test.each( [
		[
			'orders push 4336 4337 --dry-run --connection main',
			'ordersPush',
			{
				connection: 'main',
				orderIds: [ 4336, 4337 ],
				dryRun: true,
				wait: true,
			},
		],
		[
			'--connection main orders push --no-wait 1',
			'ordersPush',
			{ connection: 'main', orderIds: [ 1 ], dryRun: false, wait: false },
		],
		[
			'orders backfill pause 3',
			'backfillPause',
			{ connection: null, id: 3 },
		],
		[
			'orders backfill resume 3',
			'backfillResume',
			{ connection: null, id: 3 },
		],
		[
			'orders backfill list --limit 5',
			'backfillList',
			{ connection: null, limit: 5 },
		],
		[
			'orders resolve 3 4 --side store',
			'ordersResolve',
			{ connection: null, orderIds: [ 3, 4 ], side: 'store' },
		],
		[ 'orders show 7', 'ordersShow', { connection: null, orderId: 7 } ],
		[
			'orders list --state problem --since 2026-11-21T10:00:00+01:00 --limit 5 --cursor abc',
			'ordersList',
			{
				connection: null,
				state: 'problem',
				since: '2026-11-21T09:00:00.000Z',
				until: null,
				search: null,
				customer: null,
				problem: null,
				limit: 5,
				cursor: 'abc',
			},
		],
		[
			'orders list',
			'ordersList',
			{
				connection: null,
				state: null,
				since: null,
				until: null,
				search: null,
				customer: null,
				problem: null,
				limit: 50,
				cursor: null,
			},
		],
		[
			'orders hold 1 2',
			'ordersDecide',
			{ connection: null, orderIds: [ 1, 2 ], decision: 'hold' },
		],
		[
			'orders release 1',
			'ordersDecide',
			{ connection: null, orderIds: [ 1 ], decision: 'release' },
		],
		[
			'orders ignore 1',
			'ordersDecide',
			{ connection: null, orderIds: [ 1 ], decision: 'ignore' },
		],
		[
			'orders sweep --deep --wait',
			'ordersSweep',
			{ connection: null, since: null, deep: true, wait: true },
		],
		[
			'orders backfill --from 2026-11-01 --to 2026-11-30 --wait',
			'ordersBackfill',
			{
				connection: null,
				from: '2026-11-01',
				to: '2026-11-30',
				dryRun: false,
				wait: true,
			},
		],
		[
			'orders backfill show 3',
			'backfillShow',
			{ connection: null, id: 3 },
		],
		[
			'orders backfill cancel 3',
			'backfillCancel',
			{ connection: null, id: 3 },
		],
		[
			'stock pull',
			'stockPull',
			{ connection: null, skus: null, dryRun: false },
		],
		[
			'stock pull --sku A --sku=-B --dry-run',
			'stockPull',
			{ connection: null, skus: [ 'A', '-B' ], dryRun: true },
		],
		[
			'stock pull --sku A B C',
			'stockPull',
			{ connection: null, skus: [ 'A', 'B', 'C' ], dryRun: false },
		],
		[
			'stock explain MUG-1',
			'stockExplain',
			{ connection: null, sku: 'MUG-1' },
		],
		[ 'problems list', 'problemsList', { connection: null, limit: null } ],
		[
			'problems retry 1 2',
			'problemsRetry',
			{ connection: null, ids: [ 1, 2 ] },
		],
		[
			'problems retry --all',
			'problemsRetry',
			{ connection: null, ids: null },
		],
		[
			'status --wait-idle',
			'status',
			{ connection: null, waitIdle: true },
		],
		[ 'settings get', 'settingsGet', { connection: null, key: null } ],
		[
			'settings get orders.delay',
			'settingsGet',
			{ connection: null, key: 'orders.delay' },
		],
		[
			'settings set orders.delay=10m orders.payments={"*":"CARD"} goLive=null a==b',
			'settingsSet',
			{
				connection: null,
				changes: [
					{ key: 'orders.delay', text: '10m' },
					{ key: 'orders.payments', text: '{"*":"CARD"}' },
					{ key: 'goLive', text: 'null' },
					{ key: 'a', text: '=b' },
				],
			},
		],
		[ 'connection show main', 'connectionShow', { name: 'main' } ],
		[
			'connection show --connection main',
			'connectionShow',
			{ name: 'main' },
		],
		[ 'connection check', 'connectionCheck', { name: null } ],
		[
			'connection remove main --yes',
			'connectionRemove',
			{ name: 'main' },
		],
		[
			'connection site main moved',
			'connectionSite',
			{ name: 'main', answer: 'moved' },
		],
		[
			'connection site main copy',
			'connectionSite',
			{ name: 'main', answer: 'copy' },
		],
	] )( '%s', async ( line, name, input ) => {
		const before = bench.fake.runs.length;
		const { exit, stdout } = await bench.run( [
			...line.split( ' ' ),
			'--json',
		] );
		expect( { exit, stdout } ).toEqual( {
			exit: 0,
			stdout: `${ JSON.stringify( NOTHING.body ) }\n`,
		} );
		expect(
			bench.fake.runs
				.slice( before )
				.map( ( run ) => [ run.name, run.input ] )
		).toEqual( [ [ name, input ] ] );
	} );
} );

describe( 'what cannot be read is exit 2, and nothing was done', () => {
	const missing = {
		path: expect.any( String ),
		message: expect.any( String ),
	};
	test.each( [
		[ '', 'unknown-command', /No command/, null ],
		[
			'ordrs push 1',
			'unknown-command',
			/ordrs push 1/,
			'Did you mean orders push?',
		],
		[ 'orders pusch 1', 'unknown-command', /orders pusch/, /orders push/ ],
		[ 'orders push', 'missing-argument', /needs ID/, /orders push ID/ ],
		[
			'orders show 1 2',
			'unexpected-argument',
			/does not take "2"/,
			/Usage/,
		],
		[
			'orders push 1 --dry-rnu',
			'unknown-flag',
			/--dry-rnu/,
			'Did you mean --dry-run?',
		],
		[
			'orders show 1 --dry-run',
			'unknown-flag',
			/orders show has no flag --dry-run/,
			null,
		],
		[ 'orders push 1 -x', 'unknown-flag', /-x/, null ],
		[ 'orders push 1 --json=yes', 'invalid-flag', /takes no value/, null ],
		[
			'orders list --state',
			'invalid-flag',
			/--state needs a value/,
			/--state S/,
		],
		[
			'orders list --state --json',
			'invalid-flag',
			/--state needs a value/,
			/--state=/,
		],
		[
			'orders push abc',
			'invalid-input',
			/order id \(no. 1\) must be a whole number/,
			null,
		],
		[
			'orders push 0',
			'invalid-input',
			/order id \(no. 1\) must be a whole number/,
			null,
		],
		[ 'orders push 1.5', 'invalid-input', /order id \(no. 1\)/, null ],
		[
			'orders push 99999999999999999999',
			'invalid-input',
			/order id \(no. 1\)/,
			null,
		],
		[
			'orders list --state gone',
			'invalid-input',
			/state must be one of queued/,
			null,
		],
		[
			'orders list --since yesterday',
			'invalid-input',
			/since is not a time/,
			null,
		],
		[
			'orders list --limit 0',
			'invalid-input',
			/limit must be at least 1/,
			null,
		],
		[
			'orders backfill',
			'missing-argument',
			/--from D and --to D/,
			/2026/,
		],
		[
			'orders backfill --from 2026-11-31 --to 2026-12-01',
			'invalid-input',
			/from is not a day/,
			null,
		],
		[
			'orders backfill --from 2026-12-01 --to 2026-11-01',
			'invalid-input',
			/must not be earlier/,
			null,
		],
		[ 'stock pull A', 'unexpected-argument', /does not take "A"/, /--sku/ ],
		[
			'problems retry',
			'missing-argument',
			/ids or --all/,
			/problems list/,
		],
		[ 'problems retry 1 --all', 'missing-argument', /ids or --all/, null ],
		[
			'settings set orders.delay',
			'invalid-argument',
			/is not KEY=VALUE/,
			/goLive/,
		],
		[ 'settings set =1', 'invalid-argument', /is not KEY=VALUE/, null ],
		[ 'connection remove --yes', 'missing-argument', /needs NAME/, null ],
		[
			'connection site main gone',
			'invalid-argument',
			/“moved”.*“copy”.*not “gone”/,
			null,
		],
		[
			'connection remove main',
			'not-confirmed',
			/forgets its ledger/,
			/--yes/,
		],
		[
			'connection show a --connection b',
			'invalid-flag',
			/Two connections/,
			null,
		],
		[
			'connection show Main',
			'invalid-input',
			/name must be 1 to 40/,
			null,
		],
		[
			'status --connection Main!',
			'invalid-flag',
			/--connection must be 1 to 40/,
			null,
		],
		[
			'status --timeout soon',
			'invalid-flag',
			/--timeout is not a duration/,
			null,
		],
		[
			'status --port 70000',
			'invalid-flag',
			/--port must be a port/,
			null,
		],
		[
			'status --log loud',
			'invalid-flag',
			/--log must be one of debug/,
			null,
		],
		[
			'status --public-url http://x.example',
			'invalid-flag',
			/--public-url must be an https/,
			null,
		],
		[
			'log export --order 3',
			'not-in-this-version',
			/log export is not part of this version/,
			/--help/,
		],
		[ 'orders resolve 3', 'missing-argument', /--side/, /--side store/ ],
		[ 'settings import', 'missing-argument', /--file/, null ],
		[
			'settings import --file gone.json',
			'unreadable-file',
			/gone\.json/,
			null,
		],
		[ 'aliases import gone.csv', 'unreadable-file', /gone\.csv/, null ],
		[ 'stock approve 3', 'not-in-this-version', /stock approve/, null ],
		[ 'log export', 'not-in-this-version', /log export/, null ],
		[ 'backup', 'not-in-this-version', /backup/, null ],
		[ 'restore x', 'not-in-this-version', /restore/, null ],
		[ 'doctor', 'not-in-this-version', /doctor/, null ],
		[ 'database migrate', 'not-in-this-version', /database migrate/, null ],
	] as const )( '%s', async ( line, code, message, fix ) => {
		const before = bench.fake.runs.length;
		const argv = line === '' ? [] : line.split( ' ' );
		const { exit, json } = await bench.run( [ '--json', ...argv ] );
		const { error } = errorAnswerSchema.parse( json() );
		expect( exit ).toBe( 2 );
		expect( error.code ).toBe( code );
		expect( error.message ).toMatch( message );
		if ( fix !== null ) {
			expect( error.fix ).toMatch( fix );
		}
		expect( error.details ?? [ missing ] ).toEqual(
			expect.arrayContaining( [ missing ] )
		);
		expect( bench.fake.runs.length ).toBe( before );
	} );

	test( 'every fault of one command is told at once', async () => {
		const { json } = await bench.run( [
			...'orders list --state x --limit many --since never --json'.split(
				' '
			),
		] );
		expect(
			errorAnswerSchema
				.parse( json() )
				.error.details?.map( ( { path } ) => path )
				.sort()
		).toEqual( [ 'limit', 'since', 'state' ] );
	} );

	test( 'a person reads a sentence on stderr, and nothing on stdout', async () => {
		const { exit, stdout, stderr } = await bench.run( [
			'orders',
			'push',
			'1',
			'--dry-rnu',
		] );
		expect( { exit, stdout, stderr } ).toEqual( {
			exit: 2,
			stdout: '',
			stderr: 'orders push has no flag --dry-rnu.\nDid you mean --dry-run?\n',
		} );
	} );
} );

describe( 'help and version', () => {
	test( 'the help names every command and every flag of every command', async () => {
		const { exit, stdout } = await bench.run( [ '--help' ] );
		expect( exit ).toBe( 0 );
		for ( const { words, summary } of COMMANDS ) {
			expect( stdout ).toContain( words.join( ' ' ) );
			expect( stdout ).toContain( summary );
		}
		expect( stdout ).toContain( '--public-url URL' );
	} );

	test.each(
		COMMANDS.map(
			( command ) => [ command.words.join( ' ' ), command ] as const
		)
	)(
		'%s --help tells its flags and does nothing',
		async ( words, command ) => {
			const before = bench.fake.runs.length;
			const { exit, stdout } = await bench.run( [
				...words.split( ' ' ),
				'-h',
			] );
			expect( exit ).toBe( 0 );
			expect( stdout ).toContain( `Usage: pearlbridge ${ words }` );
			for ( const flag of Object.keys( command.flags ) ) {
				expect( stdout ).toContain( `--${ flag }` );
			}
			expect( bench.fake.runs.length ).toBe( before );
		}
	);

	test( 'the version is one line, or one document', async () => {
		expect( ( await bench.run( [ '--version' ] ) ).stdout ).toBe(
			'1.2.3\n'
		);
		expect(
			( await bench.run( [ 'orders', '--version', '--json' ] ) ).json()
		).toEqual( { version: '1.2.3' } );
	} );
} );

test( 'a refused command leaves no trace on disk', async () => {
	const other = createBench();
	await other.run( [ 'orders', 'push', 'abc' ] );
	await other.run( [ 'status' ], { env: { PEARLBRIDGE_KEY: 'short' } } );
	await other.run( [ 'serve' ], { env: { PEARLBRIDGE_KEY: 'short' } } );
	expect( existsSync( other.dataDir ) ).toBe( false );
	other.remove();
} );
