import { describe, expect, test } from '@jest/globals';
import type {
	ConnectionCheck,
	ConnectionView,
	Explain,
	Order,
	Status,
	StockRun,
} from '../../src/contracts/answers.ts';
import type { Problem } from '../../src/contracts/problem.ts';
import { settingsSchema } from '../../src/contracts/settings.ts';
import { describeError } from '../../src/cli/output.ts';
import { eventLine } from '../../src/cli/event-line.ts';
import { fields, table } from '../../src/cli/text.ts';
import {
	checkText,
	connectionsText,
	connectionText,
} from '../../src/cli/texts/connection.ts';
import {
	orderText,
	planText,
	resultsText,
} from '../../src/cli/texts/orders.ts';
import { problemsText, statusText } from '../../src/cli/texts/status.ts';
import { explainText, stockRunText } from '../../src/cli/texts/stock.ts';

const AT = '2026-11-21T09:00:00Z';
const PROBLEM: Problem = {
	id: 3,
	connection: 'main',
	code: 'sku-unknown',
	subject: 'order:4336',
	message: 'Brightpearl has no product MUG-9.',
	cause: 'It was never created there.',
	fix: 'Create it in Brightpearl.',
	field: null,
	since: AT,
	retryable: true,
};
const CONNECTION: ConnectionView = {
	name: 'main',
	live: false,
	store: {
		type: 'woocommerce',
		url: 'https://shop.example.test',
		auth: 'basic',
		keyTail: '12ab',
	},
	brightpearl: {
		account: 'acmeshop',
		apiDomain: 'euw1.brightpearlconnect.com',
		installationInstanceId: null,
		auth: {
			type: 'private-app',
			appRef: 'acmeshop_woo',
			clientId: null,
			devRef: null,
			tokenType: null,
			expiresAt: null,
			expiresIn: null,
		},
	},
	secrets: [ 'store.consumerKey', 'brightpearl.auth.accountToken' ],
	settings: settingsSchema.parse( {} ),
	webhookUrl: null,
	paired: null,
};
const ORDER: Order = {
	connection: 'main',
	orderId: 4336,
	number: '1042',
	state: 'synced',
	storeStatus: 'processing',
	placedAt: AT,
	currency: 'GBP',
	total: '54.20',
	salesOrderId: 100123,
	problem: null,
	updatedAt: AT,
	attempts: 1,
	nextAttemptAt: null,
	pending: [ { type: 'Allocate', summary: 'Allocate 2 rows' } ],
	brightpearl: {
		salesOrderId: 100123,
		externalRef: 'shop-4336',
		reference: '1042',
		contactId: 7,
		statusId: 1,
		total: '54.20',
		tax: '9.03',
		allocation: 'part',
		cancelled: false,
		payments: [
			{
				paymentId: 1,
				type: 'RECEIPT',
				amount: '54.20',
				currency: 'GBP',
				methodCode: 'CARD',
				transactionRef: 'shop-4336-p1',
			},
		],
		credits: [],
	},
	proof: {
		checkedAt: AT,
		matches: true,
		total: { store: '54.20', brightpearl: '54.20' },
		tax: { store: '9.03', brightpearl: '9.03' },
		rows: { planned: 2, found: 2 },
	},
	journal: [
		{
			at: AT,
			step: 'CreateOrder',
			outcome: 'done',
			ref: 'shop-4336',
			message: null,
			ruid: null,
		},
	],
	plan: null,
	conflicts: [],
};
const RUN: StockRun = {
	runId: 8,
	state: 'waiting-approval',
	dryRun: false,
	startedAt: AT,
	finishedAt: null,
	requests: { brightpearl: 2, store: 1 },
	skus: {
		mapped: 2,
		unmapped: 0,
		read: 2,
		changed: 1,
		written: 0,
		skipped: 1,
		failed: 1,
	},
	changes: [
		{
			sku: 'MUG-1',
			productId: 1,
			variationId: null,
			from: null,
			to: 2,
			onHand: 3,
			inFlight: 1,
			buffer: 0,
			written: false,
		},
	],
	errors: [ { sku: null, code: 'x', message: 'The shop refused.' } ],
};

describe( 'text for people', () => {
	test( 'tables are as wide as their widest cell, in characters', () => {
		expect(
			table(
				[ 'A', 'Bee' ],
				[
					[ '😀é', 1 ],
					[ null, true ],
				],
				'none'
			)
		).toBe( [ 'A   Bee', '😀é  1', '–   yes' ].join( '\n' ) );
		expect( table( [ 'A' ], [], 'none' ) ).toBe( 'none' );
	} );

	test( 'fields leave out what is not known', () => {
		expect(
			fields( [
				[ 'Name', 'a' ],
				[ 'Gone', null ],
				[ 'Longer', false ],
			] )
		).toBe( 'Name    a\nLonger  no' );
	} );

	test( 'an error tells every fault where there are several, else its sentence', () => {
		const one = {
			code: 'x',
			message: 'a is wrong.',
			fix: 'Mend a.',
			details: null,
		};
		expect( describeError( one ) ).toBe( 'a is wrong.\nMend a.' );
		expect(
			describeError( {
				...one,
				fix: null,
				details: [
					{ path: 'a', message: 'is wrong' },
					{ path: 'b', message: 'is required' },
				],
			} )
		).toBe( 'Several things are wrong:\n  a is wrong\n  b is required' );
	} );
} );

describe( 'what a person reads', () => {
	test( 'of a connection', () => {
		expect( connectionText( CONNECTION ) ).toBe(
			[
				'Name                 main',
				'Live                 no',
				'Go-live              not set: nothing moves by itself',
				'Store                https://shop.example.test (basic)',
				'Store key            …12ab',
				'Brightpearl account  acmeshop',
				'Brightpearl address  euw1.brightpearlconnect.com',
				'Signed in as         private-app',
				'App reference        acmeshop_woo',
				'Secrets set          store.consumerKey, brightpearl.auth.accountToken',
			].join( '\n' )
		);
		expect(
			connectionsText( [
				CONNECTION,
				{ ...CONNECTION, brightpearl: null },
			] )
		).toBe(
			[
				'Name  Live  Store                      Brightpearl',
				'main  no    https://shop.example.test  acmeshop',
				'main  no    https://shop.example.test  –',
			].join( '\n' )
		);
	} );

	test( 'of a check', () => {
		const check: ConnectionCheck = {
			name: 'main',
			ok: false,
			findings: [
				{
					side: 'store',
					code: 'reachable',
					level: 'ok',
					message: 'The shop answers.',
					fix: null,
				},
				{
					side: 'brightpearl',
					code: 'rights',
					level: 'error',
					message: 'No rights.',
					fix: 'Grant them.',
				},
			],
			store: {
				name: 'Shop',
				version: '10.3',
				timeZone: null,
				currency: 'GBP',
			},
			brightpearl: {
				account: 'acmeshop',
				instanceName: null,
				baseCurrency: 'GBP',
				timeZone: null,
				taxScheme: null,
				channels: [ { id: 7, name: 'Web' } ],
				requestsRemaining: 190,
			},
		};
		expect( checkText( check ) ).toBe(
			[
				'       Side         Finding',
				'ok     store        The shop answers.',
				'error  brightpearl  No rights. Grant them.',
				'',
				'Store          Shop',
				'WooCommerce    10.3',
				'Its currency   GBP',
				'Brightpearl    acmeshop',
				'Base currency  GBP',
				'Channels       Web (7)',
				'Requests left  190',
				'',
				'Mend the errors above, then check again.',
			].join( '\n' )
		);
	} );

	test( 'of an order', () => {
		expect( orderText( ORDER ) ).toBe(
			[
				'Order        4336 (number 1042)',
				'State        synced',
				'Shop status  processing',
				`Placed       ${ AT }`,
				'Total        54.20 GBP',
				'Tries        1',
				'Sales order  100123',
				'Reference    shop-4336',
				'Allocated    part',
				'Payments     54.20 GBP (CARD)',
				'Proof        agrees: 54.20 in the shop, 54.20 in Brightpearl',
				'',
				'Still to do:',
				'  Allocate 2 rows',
				'',
				'At                    Step         Outcome  Reference  Message',
				`${ AT }  CreateOrder  done     shop-4336`,
			].join( '\n' )
		);
	} );

	test( 'of an order that was edited after it was paid', () => {
		expect( orderText( { ...ORDER, total: '78.17' } ) ).toMatch(
			/^Paid +54\.20 GBP; due 78\.17 GBP, 23\.97 GBP more than was paid$/m
		);
	} );

	test( 'of a plan', () => {
		expect(
			planText( {
				...ORDER,
				plan: {
					steps: [
						{
							type: 'CreateOrder',
							summary: 'Create the order with 1 row',
						},
					],
					salesOrder: {
						rows: [
							{
								externalRef: 'line-1',
								name: 'Mug',
								quantity: '2',
								net: '10.00',
								tax: '2.00',
								taxCode: 'T20',
							},
						],
					},
					totals: {
						net: '10.00',
						tax: '2.00',
						total: '12.00',
						store: '12.00',
						difference: '0.00',
					},
				},
			} )
		).toBe(
			[
				'Plan of order 4336:',
				'  CreateOrder: Create the order with 1 row',
				'',
				'Row     Name  Quantity  Net    Tax   Code',
				'line-1  Mug   2         10.00  2.00  T20',
				'',
				'Net          10.00',
				'Tax          2.00',
				'Total        12.00',
				'In the shop  12.00',
				'Difference   0.00',
			].join( '\n' )
		);
	} );

	test( 'of several orders, with what could not be begun', () => {
		expect(
			resultsText( [
				{ ...ORDER, problem: PROBLEM, state: 'problem' as const },
				{
					orderId: 9,
					error: {
						code: 'unknown-order',
						message: 'The shop has no such order.',
						fix: null,
						details: null,
					},
				},
			] )
		).toBe(
			[
				'Order  Number  State    Shop status  Total      Brightpearl  Problem',
				'4336   1042    problem  processing   54.20 GBP  100123       Brightpearl has no product MUG-9.',
				'',
				'Order 9: The shop has no such order.',
			].join( '\n' )
		);
	} );

	test( 'of a stock run', () => {
		expect( stockRunText( RUN ) ).toBe(
			[
				'Run 8 is waiting for approval: 2 SKUs read, 1 changed, 0 written.',
				'',
				'SKU    From  To  On hand  In flight  Buffer  Written',
				'MUG-1  –     2   3        1          0       no',
				'',
				'SKU  Error',
				'–    The shop refused.',
			].join( '\n' )
		);
	} );

	test( 'of an explanation', () => {
		const explain: Explain = {
			sku: 'MUG-1',
			shown: 3,
			wanted: 2,
			store: null,
			brightpearl: {
				productId: 1,
				readAt: AT,
				warehouses: [
					{
						id: 2,
						name: 'Main',
						inStock: 4,
						allocated: 1,
						onHand: 3,
						counted: true,
					},
					{
						id: 3,
						name: null,
						inStock: 1,
						allocated: 0,
						onHand: 1,
						counted: false,
					},
				],
			},
			inFlight: {
				total: 1,
				orders: [
					{ orderId: 4336, quantity: 1, why: 'not allocated yet' },
				],
			},
			buffer: 0,
			minimum: 0,
			maximum: null,
			lastWrite: { value: 3, at: AT, runId: 7 },
			why: 'Three are on hand and one is sold.',
		};
		expect( explainText( explain ) ).toBe(
			[
				'Three are on hand and one is sold.',
				'',
				'SKU           MUG-1',
				'In the shop   3',
				'Wanted        2',
				'In flight     1',
				'Buffer        0',
				'Minimum       0',
				`Last written  3 at ${ AT } (run 7)`,
				'',
				'Warehouse  In stock  Allocated  On hand  Counted',
				'Main       4         1          3        yes',
				'3          1         0          1        no',
				'',
				'Order  Quantity  Why in flight',
				'4336   1         not allocated yet',
			].join( '\n' )
		);
	} );

	test( 'of the status', () => {
		const status: Status = {
			version: '1.2.3',
			service: {
				running: true,
				pid: 42,
				url: 'http://127.0.0.1:8780',
				startedAt: AT,
			},
			queue: { ready: 1, running: 0, retrying: 2, parked: 3 },
			problems: 1,
			connections: [
				{
					name: 'main',
					live: true,
					health: 'degraded',
					why: 'An order waits.',
					orders: { synced: 4, problem: 1 },
					lastOrderAt: AT,
					lastPushAt: AT,
					sweep: { at: AT, cursor: AT },
					stock: { runId: 1, at: null, state: null },
					budget: {
						pool: 'p',
						limit: 200,
						remaining: 1,
						resetsAt: null,
						refused: 0,
					},
					token: null,
					webhooks: [],
				},
			],
		};
		expect( statusText( status ) ).toBe(
			[
				'Version   1.2.3',
				`Service   runs at http://127.0.0.1:8780 (pid 42, since ${ AT })`,
				'Queue     1 ready, 0 running, 2 retrying, 3 parked',
				'Problems  1 problem; see pearlbridge problems list',
				'',
				'Connection  Live  Health    Orders               Last push             Last sweep            Last stock run  Why',
				`main        yes   degraded  4 synced, 1 problem  ${ AT }  ${ AT }  –               An order waits.`,
			].join( '\n' )
		);
		expect( problemsText( [ PROBLEM ] ) ).toBe(
			[
				'Id  Connection  Subject     Problem                            What to do',
				'3   main        order:4336  Brightpearl has no product MUG-9.  Create it in Brightpearl.',
			].join( '\n' )
		);
	} );

	test.each( [
		[
			{ event: 'problem', connection: 'main', problem: PROBLEM },
			'problem order:4336: Brightpearl has no product MUG-9.',
		],
		[
			{
				event: 'stock',
				connection: 'main',
				runId: 1,
				state: 'done',
				changes: [],
			},
			null,
		],
	] as const )( 'of what happens: %j', ( event, line ) => {
		expect( eventLine( event ) ).toBe( line );
	} );
} );
