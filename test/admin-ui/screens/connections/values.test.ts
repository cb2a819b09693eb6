import { describe, expect, test } from '@jest/globals';
import { connectionViewSchema } from '../../../../src/contracts/answers.ts';
import {
	EMPTY,
	editOf,
	fileOf,
	valuesOf,
	type ConnectionValues,
	type SecretValue,
} from '../../../../admin-ui/src/screens/connections/values.ts';
import { suggestedName } from '../../../../admin-ui/src/screens/connections/typed.ts';
import { timeLeft } from '../../../../admin-ui/src/screens/connections/time-left.ts';

const text = ( secret: string ): SecretValue => ( {
	kind: 'text',
	text: secret,
} );
const filled: ConnectionValues = {
	...EMPTY,
	name: 'main',
	url: ' https://shop.example.test ',
	consumerKey: text( 'ck_1' ),
	consumerSecret: { kind: 'env', text: 'WOO_SECRET' },
	account: 'acmeshop',
	apiDomain: 'euw1.brightpearlconnect.com',
	appRef: 'acmeshop_woo',
	accountToken: { kind: 'file', text: '/run/secrets/bp' },
};
const view = connectionViewSchema.parse( {
	name: 'main',
	live: false,
	store: {
		type: 'woocommerce',
		url: 'https://shop.example.test',
		auth: 'basic',
		keyTail: 'dca3',
	},
	brightpearl: {
		account: 'acmeshop',
		apiDomain: 'euw1.brightpearlconnect.com',
		installationInstanceId: 11,
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
	secrets: [],
	settings: {},
	webhookUrl: null,
	paired: null,
} );

describe( 'what people type for Brightpearl', () => {
	test( 'is taken as they mean it', () => {
		const made = fileOf( {
			...filled,
			account: ' AcmeShop ',
			apiDomain: ' https://EUW1.brightpearlconnect.com/public-api/ ',
			refPrefix: ' Second ',
		} );
		expect( made ).toMatchObject( {
			ok: true,
			value: {
				brightpearl: {
					account: 'acmeshop',
					apiDomain: 'euw1.brightpearlconnect.com',
				},
				settings: { orders: { refPrefix: 'second' } },
			},
		} );
	} );

	test( 'is refused in words of the fields, not of the file', () => {
		const made = fileOf( {
			...filled,
			account: 'acme shop',
			apiDomain: 'http://127.0.0.1:1/',
			instanceId: 'twelve',
		} );
		const faults = made.ok ? [] : made.faults;
		expect(
			Object.fromEntries(
				faults.map( ( { path, message } ) => [ path, message ] )
			)
		).toEqual( {
			'brightpearl.account':
				'type the account code: letters, digits and the hyphen',
			'brightpearl.apiDomain':
				'an address on this machine needs the tick at “This is a sandbox” below',
			'brightpearl.installationInstanceId':
				'type digits only, such as 1234',
		} );
	} );
} );

describe( 'a new connection', () => {
	test( 'becomes the file the command line takes, pointers and all', () => {
		const made = fileOf( filled );
		expect( made ).toMatchObject( {
			ok: true,
			value: {
				name: 'main',
				store: {
					url: 'https://shop.example.test',
					consumerKey: 'ck_1',
					consumerSecret: { env: 'WOO_SECRET' },
				},
				brightpearl: {
					auth: {
						type: 'private-app',
						appRef: 'acmeshop_woo',
						accountToken: { file: '/run/secrets/bp' },
					},
				},
			},
		} );
		expect( made.ok && 'webhookSecret' in made.value.store ).toBe( false );
	} );

	test( 'tells all that is missing at once, by the paths of the file', () => {
		const made = fileOf( EMPTY );
		expect(
			( made.ok ? [] : made.faults ).map( ( { path } ) => path ).sort()
		).toEqual( [
			'brightpearl.account',
			'brightpearl.apiDomain',
			'brightpearl.auth.accountToken',
			'brightpearl.auth.appRef',
			'name',
			'store.consumerKey',
			'store.consumerSecret',
			'store.url',
		] );
	} );

	test( 'what belongs to another way of signing in is left out', () => {
		const made = fileOf( {
			...filled,
			type: 'oauth',
			clientId: 'app',
			devRef: 'dev',
		} );
		expect( made.ok && made.value.brightpearl.auth ).toEqual( {
			type: 'oauth',
			clientId: 'app',
			devRef: 'dev',
		} );
	} );

	test( 'gets its name from the address', () => {
		expect( suggestedName( 'https://www.Shop.Example.test/de' ) ).toBe(
			'shop-example-test'
		);
		expect( suggestedName( 'https://' ) ).toBe( '' );
	} );
} );

describe( 'an edited connection', () => {
	test( 'a form nobody touched changes nothing', () => {
		expect( editOf( valuesOf( view ), view ) ).toEqual( {
			ok: true,
			value: null,
		} );
	} );

	test( 'a secret that is left empty is not sent', () => {
		expect(
			editOf(
				{ ...valuesOf( view ), consumerSecret: text( 'cs_2' ) },
				view
			)
		).toEqual( {
			ok: true,
			value: { store: { consumerSecret: 'cs_2' } },
		} );
	} );

	test( 'what is emptied is taken away', () => {
		expect(
			editOf( { ...valuesOf( view ), instanceId: '' }, view )
		).toMatchObject( {
			ok: true,
			value: { brightpearl: { installationInstanceId: null } },
		} );
	} );

	test( 'another way of signing in needs all of its secrets', () => {
		const made = editOf(
			{ ...valuesOf( view ), type: 'staff-token' },
			view
		);
		expect( made ).toEqual( {
			ok: false,
			faults: [
				{
					path: 'brightpearl.auth.staffToken',
					message: 'is required',
				},
			],
		} );
	} );

	test( 'keys of the shop can be saved before Brightpearl is filled in, an empty form cannot', () => {
		const begun = { ...view, brightpearl: null };
		expect(
			editOf(
				{ ...valuesOf( begun ), consumerKey: text( 'ck_2' ) },
				begun
			)
		).toEqual( { ok: true, value: { store: { consumerKey: 'ck_2' } } } );
		expect( editOf( valuesOf( begun ), begun ).ok ).toBe( false );
	} );

	test( 'a Brightpearl side that is still missing is judged whole', () => {
		const begun = { ...view, brightpearl: null };
		const made = editOf(
			{ ...valuesOf( begun ), account: 'acmeshop' },
			begun
		);
		expect(
			( made.ok ? [] : made.faults ).map( ( { path } ) => path ).sort()
		).toEqual( [
			'brightpearl.apiDomain',
			'brightpearl.auth.accountToken',
			'brightpearl.auth.appRef',
		] );
	} );
} );

test( 'a code runs out by the second', () => {
	const until = '2026-11-21T09:10:00.000Z';
	const at = ( time: string ) => timeLeft( until, Date.parse( time ) );
	expect( at( '2026-11-21T09:00:00.000Z' ) ).toBe( '10:00' );
	expect( at( '2026-11-21T09:09:58.500Z' ) ).toBe( '0:02' );
	expect( at( until ) ).toBeNull();
} );
