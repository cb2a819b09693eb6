/** Reference data that a person chooses from, as Brightpearl answers it and as the sandbox does. */
import { describe, expect, test } from '@jest/globals';
import { createBrightpearl } from '../../../src/brightpearl/client.ts';
import { createBudgetRegistry } from '../../../src/brightpearl/budget/pools.ts';
import { brightpearlConfigSchema } from '../../../src/contracts/connection.ts';
import { createHttpFetch } from '../../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../../src/net/world.ts';
import { startBrightpearlSandbox } from '../../../src/sandbox/brightpearl/index.ts';
import { WORLDS } from '../../helpers/worlds.ts';
import { createKit } from '../client-kit.ts';
import {
	createLog,
	createMemoryCache,
	createMemoryTokens,
	plainSecrets,
	valueOf,
} from '../world.ts';

const ANSWERS: Record< string, unknown > = {
	'/product-service/price-list': [
		{
			id: 1,
			name: { languageCode: 'en', text: 'Cost', format: 'PLAINTEXT' },
			code: 'COST',
			priceListTypeCode: 'BUY',
		},
		{
			id: 3,
			name: { languageCode: 'en', text: 'Web GBP', format: 'PLAINTEXT' },
			code: 'WEB',
			priceListTypeCode: 'SELL',
			gross: true,
		},
	],
	'/contact-service/lead-source': [
		{ id: 1, ownerId: 0, parentId: 0, name: 'Web', isActive: true },
		{ id: 2, ownerId: 0, parentId: 0, name: 'Fair 1998', isActive: false },
	],
	'/order-service/order-status': [
		{
			statusId: 1,
			name: 'Draft / Quote',
			orderTypeCode: 'SO',
			disabled: false,
		},
		{ statusId: 24, name: 'Old', orderTypeCode: 'SO', disabled: true },
		{ statusId: 6, name: 'Pending PO', orderTypeCode: 'PO' },
	],
	'/warehouse-service/shipping-method': [
		{ id: 1, code: 'STD', name: 'Standard delivery' },
	],
	'/accounting-service/payment-method': [
		{ name: 'Card', code: 'CARD', isActive: true },
		{ code: 'OLD' },
	],
	'/accounting-service/nominal-code-search': {
		metaData: {
			columns: [ { name: 'code' }, { name: 'name' }, { name: 'active' } ],
			morePagesAvailable: false,
		},
		results: [
			[ '0010', 'Freehold property', true ],
			[ '4000', 'Sales', true ],
			[ '4999', 'Gone', false ],
		],
	},
};

describe( 'of an account', () => {
	test( 'is what can be chosen, with its names', async () => {
		const { client } = createKit( ( { path } ) => ANSWERS[ path ] );
		expect( {
			priceLists: valueOf( await client.priceLists() ),
			leadSources: valueOf( await client.leadSources() ),
			orderStatuses: valueOf( await client.orderStatuses() ),
			shippingMethods: valueOf( await client.shippingMethods() ),
			paymentMethods: valueOf( await client.paymentMethods() ),
			nominalCodes: valueOf( await client.nominalCodes() ),
		} ).toEqual( {
			priceLists: [ { id: 3, name: 'Web GBP' } ],
			leadSources: [ { id: 1, name: 'Web' } ],
			orderStatuses: [
				{ id: 1, name: 'Draft / Quote', disabled: false },
				{ id: 24, name: 'Old', disabled: true },
			],
			shippingMethods: [ { id: 1, name: 'Standard delivery' } ],
			paymentMethods: [
				{ code: 'CARD', name: 'Card' },
				{ code: 'OLD', name: 'OLD' },
			],
			nominalCodes: [
				{ code: '0010', name: 'Freehold property' },
				{ code: '4000', name: 'Sales' },
			],
		} );
	} );

	test( 'is asked once, and again when it is wanted fresh', async () => {
		const { client, asked } = createKit( ( { path } ) => ANSWERS[ path ] );
		await client.priceLists();
		await client.priceLists();
		const lists = () =>
			asked.filter( ( { path } ) => path.endsWith( 'price-list' ) );
		expect( lists() ).toHaveLength( 1 );
		await client.priceLists( true );
		expect( lists() ).toHaveLength( 2 );
	} );
} );

test.each( WORLDS )(
	'the sandbox of the $name world serves all of it',
	async ( { switches } ) => {
		const sandbox = await startBrightpearlSandbox( {
			clock: systemClock,
			switches,
		} );
		const fetch = createHttpFetch( { clock: systemClock } );
		try {
			const account = sandbox.ready.accounts[ 0 ]!;
			const world = {
				clock: systemClock,
				random: systemRandom,
				logger: createLog().logger,
				fetch,
			};
			const client = createBrightpearl( {
				connection: 'main',
				config: brightpearlConfigSchema.parse( {
					account: account.account,
					apiDomain: account.apiDomain,
					sandbox: true,
					auth: {
						type: 'private-app',
						appRef: account.privateApp.appRef,
						accountToken: account.privateApp.accountToken,
					},
				} ),
				world,
				readSecret: plainSecrets,
				cache: createMemoryCache(),
				tokens: createMemoryTokens(),
				budgets: createBudgetRegistry( world ),
				reserve: () => 0,
			} );
			expect(
				valueOf( await client.priceLists() ).map( ( { name } ) => name )
			).toEqual( [ 'Retail', 'Web' ] );
			expect( valueOf( await client.leadSources() ) ).toHaveLength( 3 );
			expect(
				valueOf( await client.orderStatuses() ).filter(
					( { disabled } ) => disabled
				)
			).toEqual( [ { id: 24, name: 'Old web order', disabled: true } ] );
			expect( valueOf( await client.shippingMethods() ) ).toHaveLength(
				4
			);
			expect( valueOf( await client.paymentMethods() ) ).toContainEqual( {
				code: 'PAYPAL',
				name: 'PayPal',
			} );
			expect( valueOf( await client.nominalCodes() ) ).toContainEqual( {
				code: '4000',
				name: 'Sales',
			} );
		} finally {
			await fetch.close();
			await sandbox.close();
		}
	}
);
