/**
 * The sandbox as a target, with a few records in it, so that reading cases find something.
 */
import assert from 'node:assert/strict';
import { systemClock } from '../../src/net/world.ts';
import { startBrightpearlSandbox } from '../../src/sandbox/brightpearl/index.ts';
import type {
	BrightpearlSandbox,
	SandboxAccount,
} from '../../src/sandbox/brightpearl/index.ts';
import { createHttpApi } from './api.ts';
import type { Target } from './api.ts';
import type { Api } from './case.ts';
import type { Credentials } from './credentials.ts';
import { baseCurrencyOf, taxCodeOf } from './order-kit.ts';
import { NO_CAP } from './run.ts';

async function signIn(
	url: string,
	{ account, privateApp, oauth }: SandboxAccount
): Promise< Credentials > {
	const answer = await fetch( `${ url }/oauth/token/${ account }`, {
		method: 'POST',
		body: new URLSearchParams( {
			grant_type: 'refresh_token',
			refresh_token: oauth.refreshToken,
			client_id: oauth.clientId,
			client_secret: oauth.clientSecret,
		} ),
	} );
	const { access_token: token } = ( await answer.json() ) as {
		access_token: string;
	};
	return {
		'private-app': {
			'brightpearl-app-ref': privateApp.appRef,
			'brightpearl-account-token': privateApp.accountToken,
		},
		'staff-token': {
			'brightpearl-app-ref': privateApp.appRef,
			'brightpearl-staff-token': privateApp.staffToken,
		},
		oauth: {
			'brightpearl-app-ref': oauth.clientId,
			'brightpearl-dev-ref': oauth.devRef,
			authorization: `Bearer ${ token }`,
		},
	};
}

async function make(
	api: Api,
	path: string,
	body: unknown
): Promise< number > {
	const { json, status, text } = await api.post( path, body );
	const { response } = ( json ?? {} ) as { response?: number | number[] };
	assert.equal( status, 200, `${ path }: ${ text }` );
	return Number( [ response ].flat()[ 0 ] );
}

/** A customer, an order of a stocked product, its payment and a shipped goods-out note. */
async function furnish( api: Api ): Promise< void > {
	const product = await api.existing( 'product' );
	const currency = await baseCurrencyOf( api );
	const { code } = await taxCodeOf( api );
	const address = await make( api, '/contact-service/postal-address', {
		addressLine1: '9 Harbour Row',
		addressLine3: 'Bristol',
		postalCode: 'BS1 6XN',
		countryIsoCode: 'GBR',
	} );
	const contact = await make( api, '/contact-service/contact', {
		firstName: 'Ines',
		lastName: 'Duarte',
		postAddressIds: { DEF: address, BIL: address, DEL: address },
		communication: {
			emails: { PRI: { email: 'ines.standing@example.test' } },
			telephones: { PRI: '+441170000001' },
		},
	} );
	const order = await make( api, '/order-service/sales-order', {
		customer: { id: contact },
		ref: '#standing',
		externalRef: 'conformance-standing',
		channelId: 7,
		warehouseId: 2,
		currency: { code: currency },
		rows: [
			{
				productId: product,
				quantity: '1',
				taxCode: code,
				net: '10.0000',
				tax: '2.0000',
				nominalCode: '4000',
				externalRef: 'line-1',
			},
		],
	} );
	await make( api, '/accounting-service/customer-payment', {
		transactionRef: 'conformance-standing-p1',
		transactionCode: 'pi_77',
		paymentMethodCode: 'CARD',
		paymentType: 'RECEIPT',
		orderId: order,
		currencyIsoCode: currency,
		amountPaid: '12.00',
		paymentDate: '2026-04-17T10:00:00+00:00',
	} );
	await api.sandbox( 'POST', '/ship', {
		account: api.account,
		orderId: order,
	} );
}

export interface SandboxTarget {
	readonly target: Target;
	readonly sandbox: BrightpearlSandbox;
	close(): Promise< void >;
}

export async function startSandboxTarget(
	code = 'sandbox-gb',
	/** Nobody has ordered yet: a catalogue, and no contacts, orders or payments. */
	{ isFresh = false }: { readonly isFresh?: boolean } = {}
): Promise< SandboxTarget > {
	const sandbox = await startBrightpearlSandbox( {
		switches: { requestsPerMinute: NO_CAP },
		clock: systemClock,
	} );
	const account = sandbox.ready.accounts.find(
		( entry ) => entry.account === code
	);
	assert( account, `the sandbox has no account ${ code }` );
	const target: Target = {
		baseUrl: sandbox.url,
		account: code,
		credentials: await signIn( sandbox.url, account ),
		sandbox: true,
	};
	if ( ! isFresh ) {
		await furnish(
			createHttpApi( { target, pace: null, kind: 'private-app', fetch } )
		);
	}
	return { target, sandbox, close: () => sandbox.close() };
}
