import { describe, expect, test } from '@jest/globals';
import { labelOf as fieldLabel } from '../../../../admin-ui/src/screens/connections/labels.ts';
import { adviceOf } from '../../../../admin-ui/src/screens/problems/advice.ts';
import {
	NAMES,
	inWords,
} from '../../../../admin-ui/src/screens/problems/setting-names.ts';
import { labelOf as settingLabel } from '../../../../admin-ui/src/screens/settings/fields.ts';
import { classify } from '../../../../src/brightpearl/transport/classify.ts';
import type { ProblemDraft } from '../../../../src/contracts/problem.ts';
import {
	cancelledPaid,
	cancelledShipped,
	cancelledStatusMissing,
	changedAfterInvoice,
	changedOnBothSides,
} from '../../../../src/domain/change-problems.ts';
import {
	contactIncomplete,
	currencyPrecision,
	currencyUnknown,
	paymentUnmapped,
	skuDuplicate,
	skuUnknown,
	taxUnmapped,
	totalMismatch,
} from '../../../../src/domain/problems.ts';
import { taxRuleFor } from '../../../../src/domain/orders/rows/tax.ts';
import * as store from '../../../../src/woocommerce/problems.ts';

const rule = taxRuleFor( {
	percent: '5.5',
	taxClass: 'reduced-rate',
	country: 'FR',
	state: '',
	labels: [],
} );

const draft = ( more: Partial< ProblemDraft > ): ProblemDraft => ( {
	code: 'defect',
	message: 'It failed.',
	cause: null,
	fix: null,
	field: null,
	...more,
} );

function brightpearlSaid( status: number, field?: string ): ProblemDraft {
	const verdict = classify( {
		endpoint: 'GET /order-service/order/1',
		write: false,
		none: 'never',
		outcome: {
			ok: true,
			answer: { status, headers: {}, body: '{"response":"No"}' },
		},
		secrets: [],
		field,
		now: 0,
	} );
	if ( ! ( 'failure' in verdict ) || verdict.failure.kind !== 'hold' ) {
		throw new Error( 'Brightpearl refused nothing.' );
	}
	return verdict.failure.problem;
}

const CONFLICTS = [
	{
		what: 'line-12',
		name: 'line "Mug"',
		store: '2 × 10.00',
		brightpearl: '3 × 10.00',
	},
];

/** Every sentence of planning, of the shop's client and of Brightpearl's. */
const SAID: readonly ProblemDraft[] = [
	currencyUnknown( 'CHF', [ 'GBP', 'EUR' ] ),
	currencyPrecision( '1.005', 'KWD' ),
	totalMismatch( { total: '10.00', currency: 'GBP' }, '9.00', '0.05' ),
	skuUnknown( [
		{ name: 'Mug', sku: 'MUG-1' },
		{ name: 'Card', sku: '' },
	] ),
	skuDuplicate( [ { sku: 'MUG-1', productIds: [ 1, 2 ] } ] ),
	taxUnmapped( [ { what: '5.5%, FR', rule } ], [], [ 'T20' ] ),
	taxUnmapped( [], [ 'T99' ], [ 'T20', 'T0' ] ),
	taxUnmapped( [ { what: '5.5%, FR', rule } ], [ 'T99' ], [ 'T20' ] ),
	paymentUnmapped( 'klarna', 'Klarna' ),
	paymentUnmapped( '', '' ),
	contactIncomplete( [ { field: 'billing.email', what: 'no e-mail' } ] ),
	cancelledPaid( 'Order 4336 (sales order 20871)', 'cancelled' ),
	cancelledShipped( 'Order 4336', 'trashed', true ),
	cancelledStatusMissing( 'Order 4336', 'cancelled' ),
	changedOnBothSides( 'Order 4336', CONFLICTS ),
	changedAfterInvoice( 'Order 4336', CONFLICTS ),
	draft( {
		code: 'staff-contact',
		fix: 'Change the e-mail address in the shop or of that contact, or set orders.staffContacts to "use" or "customer", then retry.',
		field: 'orders.staffContacts',
	} ),
	draft( {
		code: 'write-back-refused',
		cause: 'writeBack.mails is "quiet", which only the Pearlbridge plugin in the shop can do, and the shop is not paired with it.',
		fix: 'Pair the plugin, or set writeBack.mails to "send" if the shop\'s own mails are welcome.',
		field: 'writeBack.mails',
	} ),
	store.wrongKey( '' ),
	store.wrongSignature( '', 'http://shop.example' ),
	store.notRecognised( 'basic' ),
	store.moved( 'http://shop.example', 'https://shop.example' ),
	store.noRestApi( 'https://shop.example' ),
	brightpearlSaid( 401 ),
	brightpearlSaid( 401, 'brightpearl.auth.accountToken' ),
	brightpearlSaid( 403, 'brightpearl.auth.staffToken' ),
	brightpearlSaid( 302 ),
	brightpearlSaid( 404 ),
];

/** Keys, commands and JSON are the words of the command line. */
const COMMAND_LINE =
	/\b(orders|stock|sweep|budget|brightpearl|store|writeBack)\.[a-z]+[A-Z]?\w*(?!\.)|goLive|`|\{"|"\*"|text-row|connection (check|authorize|add)|orders (ignore|resolve)|"(use|send|reverse|quiet)"/;

const fixOf = ( problem: ProblemDraft ): string =>
	adviceOf( problem ).fix ?? '';

describe( 'what a problem says on the screens', () => {
	test.each( SAID.map( ( said ) => [ said.code, said ] as const ) )(
		'has no word of the command line: %s',
		( _, said ) => {
			const { message, cause, fix } = adviceOf( said );
			const shown = [ message, cause, fix ].join( '\n' );
			expect( shown ).not.toMatch( COMMAND_LINE );
			expect( shown ).not.toContain( '“undefined”' );
			expect( fix === null ).toBe( said.fix === null );
		}
	);

	test( 'names the payment method and where it is mapped', () => {
		expect( fixOf( paymentUnmapped( 'kl"arna', 'Klarna' ) ) ).toBe(
			'Choose a Brightpearl payment method for “kl"arna”, or for “Everything else”, under “Payment methods”. Then retry the order.'
		);
		expect( fixOf( paymentUnmapped( '', '' ) ) ).toContain(
			'for “Everything else” under “Payment methods”'
		);
		expect( adviceOf( paymentUnmapped( 'klarna', '' ) ).message ).toBe(
			'The order was paid by "klarna", and “Payment methods” has no payment method code for it.'
		);
	} );

	test( 'names the conditions of the tax rules that are missing', () => {
		const text = fixOf(
			taxUnmapped( [ { what: '5.5%', rule } ], [ 'T99' ], [ 'T20' ] )
		);
		expect( text ).toContain(
			'Under “Tax rules”, add a rule for 5.5 percent, class “reduced-rate”, country FR,'
		);
		expect( text ).toContain( 'under “When no rule fits”' );
		expect( text ).toContain( 'that the account has (T20).' );
		expect(
			fixOf( taxUnmapped( [], [ 'T99' ], [ 'T20', 'T0' ] ) )
		).not.toContain( 'add a rule' );
	} );

	test( 'names the setting and its value for a difference in totals', () => {
		expect(
			fixOf(
				totalMismatch( { total: '10', currency: 'GBP' }, '9', '0.05' )
			)
		).toContain( 'raise “Largest rounding row” (now 0.05)' );
	} );

	test( 'leads to the token that Brightpearl refuses', () => {
		const said = brightpearlSaid( 401, 'brightpearl.auth.accountToken' );
		expect( said.field ).toBe( 'brightpearl.auth.accountToken' );
		expect( fixOf( said ) ).toBe(
			'Enter the “Account token” anew and see that the “Account code” is right, then check the connection.'
		);
	} );

	test( 'sends nobody to the token when only a right is missing', () => {
		const text = fixOf(
			brightpearlSaid( 403, 'brightpearl.auth.accountToken' )
		);
		expect( text ).toContain( 'Give the app access in Brightpearl' );
		expect( text ).not.toContain( 'Account token' );
	} );

	test.each( [
		[
			draft( {
				code: 'credentials-brightpearl',
				fix: 'Run `connection authorize`.',
				field: 'brightpearl.auth.refreshToken',
			} ),
			'Press “Authorize with Brightpearl”',
		],
		[
			draft( {
				code: 'credentials-brightpearl',
				fix: 'Correct `brightpearl.auth.clientId` and `clientSecret` and run `connection add --replace`.',
				field: 'brightpearl.auth.clientId',
			} ),
			'Correct the “Client id” and the “Client secret”',
		],
		[
			draft( {
				code: 'throttled',
				fix: 'If it stays, leave more to the others with budget.reserve.',
				field: 'budget.reserve',
			} ),
			'raise “Leave to other apps”',
		],
		[
			draft( {
				code: 'reference-taken',
				fix: 'Give this connection a reference prefix of its own (orders.refPrefix; once orders were pushed with it: a new connection), then retry.',
				field: 'orders.refPrefix',
			} ),
			'a “Reference prefix” of its own',
		],
		[
			draft( {
				code: 'stock-refused',
				fix: 'Correct stock.warehouses, or reset it to null, and pull the stock again.',
				field: 'stock.warehouses',
			} ),
			'under “Warehouses that count”',
		],
		[
			draft( {
				code: 'order-gone',
				fix: 'Check the account; if the order is to stay deleted, ignore it here (orders ignore).',
			} ),
			'ignore it on its own page.',
		],
		[
			draft( {
				code: 'store-unreachable',
				fix: 'Open the shop in a browser and run "connection check". What was accepted stays queued.',
			} ),
			'Open the shop in a browser and check the connection. What',
		],
		[
			draft( {
				code: 'site-moved',
				...store.moved( 'a', 'https://b.example' ),
			} ),
			'Change the “Address of the shop” to https://b.example.',
		],
	] )( 'offers the way of the screens: %#', ( said, words ) => {
		const text = fixOf( said );
		expect( text ).toContain( words );
		expect( text ).not.toMatch( COMMAND_LINE );
	} );

	test( 'stays as the service says it where nothing is known', () => {
		const said = draft( { message: 'A.', cause: 'B.', fix: 'C.' } );
		expect( adviceOf( said ) ).toEqual( {
			message: 'A.',
			cause: 'B.',
			fix: 'C.',
		} );
		for ( const code of [ 'payment-unmapped', 'tax-unmapped' ] as const ) {
			expect( fixOf( draft( { code, fix: 'C.' } ) ) ).toBe( 'C.' );
			expect( adviceOf( draft( { code } ) ).fix ).toBeNull();
		}
	} );
} );

describe( 'keys in a sentence', () => {
	test.each( [
		[
			'Set orders.tax or orders.taxDefault.',
			'Set “Tax rules” or “When no rule fits”.',
		],
		[ 'goLive is not set.', '“Live since” is not set.' ],
		[ 'See settings.orders.refPrefix.', 'See “Reference prefix”.' ],
		[ 'See `store.url`.', 'See “Address of the shop”.' ],
		[
			'At https://shop.example/orders.tax no.',
			'At https://shop.example/orders.tax no.',
		],
		[ 'At my-orders.tax.example no.', 'At my-orders.tax.example no.' ],
		[ 'A `word`.', 'A “word”.' ],
	] )( '%s', ( said, shown ) => {
		expect( inWords( said ) ).toBe( shown );
	} );

	test.each( Object.entries( NAMES ) )(
		'%s is called what its own screen calls it',
		( path, name ) => {
			const label = /^(store|brightpearl)\./.test( path )
				? fieldLabel( path )
				: settingLabel( path );
			expect( name() ).toBe( label.replace( / \(optional\)$/, '' ) );
		}
	);
} );
