/** What a person does in wp-admin, by the routes the console uses. */
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../../../src/contracts/settings.ts';
import type { Person, RestAnswer } from './person.ts';
import type { Shop } from './shop.ts';
import type { Sidecar } from './sidecar.ts';

/** The answer of `GET pairing` and of every change of it. */
export interface PairingView {
	readonly state: 'unpaired' | 'paired' | 'moved';
	readonly sidecarUrl: string | null;
	readonly connection: string | null;
	readonly keyId: string | null;
	readonly siteId: string | null;
	readonly https: boolean;
	readonly canAuthorize: boolean;
	readonly keys: { readonly state: string; readonly keyId: number | null };
	readonly webhooks: readonly {
		readonly id: number;
		readonly topic: string;
		readonly status: string;
		readonly failures: number;
	}[];
	readonly outbox: {
		readonly waiting: number;
		readonly oldestAt: string | null;
	};
	readonly nudge: { readonly pausedUntil: string | null };
}

export const pairing = ( person: Person ): Promise< PairingView > =>
	person.must( 'GET', 'pearlbridge/v1/pairing' );

/** A call of the console, as the browser makes it. */
export function ask< T = unknown >(
	person: Person,
	operation: string,
	input: Readonly< Record< string, unknown > > = {}
): Promise< RestAnswer< { exit: number; body: T } > > {
	return person.rest( 'POST', `pearlbridge/v1/console/${ operation }`, {
		input,
		timeout: 10_000,
		idempotencyKey: randomUUID(),
	} );
}

/** The same, and it must have gone well. */
export async function done< T >(
	person: Person,
	operation: string,
	input: Readonly< Record< string, unknown > > = {}
): Promise< T > {
	const { status, body } = await ask< T >( person, operation, input );
	if ( status !== 200 || body.exit !== 0 ) {
		throw new Error(
			`${ operation } answered ${ status }: ${ JSON.stringify( body ).slice( 0, 2000 ) }`
		);
	}
	return body.body;
}

export async function pairShop(
	shop: Shop,
	sidecar: Sidecar
): Promise< string > {
	const owner = await shop.owner();
	const { connection } = await owner.must< PairingView >(
		'POST',
		'pearlbridge/v1/pairing',
		{
			url: sidecar.url,
			code: await sidecar.code(),
			confirmHttp: true,
		}
	);
	if ( connection === null ) {
		throw new Error( 'Paired with no connection.' );
	}
	return connection;
}

/** Credentials of an account of the Brightpearl sandbox, as a form would send them. */
export function brightpearlOf( sidecar: Sidecar, code: string ) {
	const { account, apiDomain, privateApp } =
		sidecar.brightpearl.account( code );
	return {
		account,
		apiDomain,
		sandbox: true,
		auth: {
			type: 'private-app',
			appRef: privateApp.appRef,
			accountToken: privateApp.accountToken,
		},
	};
}

/** Paired, with an own key, Brightpearl and settings: orders flow. Answers the connection. */
export async function bringUp(
	shop: Shop,
	sidecar: Sidecar,
	account = 'sandbox-gb'
): Promise< string > {
	const connection = await pairShop( shop, sidecar );
	const owner = await shop.owner();
	await owner.must( 'POST', 'pearlbridge/v1/keys/own', {} );
	// By the operator: a shop cannot send the sidecar to an address of its own machine.
	await sidecar.operation( 'connectionEdit', {
		name: connection,
		change: { brightpearl: brightpearlOf( sidecar, account ) },
	} );
	await saveSettings( owner, ( settings ) => ( {
		...settings,
		// A moment ago: what is sold from now on is ours.
		goLive: new Date( Date.now() - 60_000 ).toISOString(),
		orders: {
			...settings.orders,
			refPrefix: `e2e-${ new URL( shop.url ).port }`,
			payments: { stripe: 'CARD' },
			tax: [ { percent: '0', code: 'T0' } ],
		},
		// Nothing by itself that would hide an event that did not come.
		sweep: { ...settings.sweep, every: '12h', deep: '24h' },
		stock: { ...settings.stock, every: null, warehouses: [ 2 ] },
	} ) );
	return connection;
}

export async function saveSettings(
	person: Person,
	change: ( settings: Settings ) => Settings
): Promise< void > {
	const { settings, revision } = await done< {
		settings: Settings;
		revision: number;
	} >( person, 'settings-show' );
	await done( person, 'settings-save', {
		settings: change( settings ),
		revision,
	} );
}

/** The one sales order of the account that carries the shop's order. */
export async function soldOrder(
	shop: Shop,
	sidecar: Sidecar,
	orderId: number,
	account = 'sandbox-gb'
) {
	const { orders } = await sidecar.brightpearl.state( account );
	const reference = `e2e-${ new URL( shop.gate.url ).port }-${ orderId }`;
	const ours = orders.filter(
		( { externalRef } ) => externalRef === reference
	);
	if ( ours.length > 1 ) {
		throw new Error( `${ reference } is there ${ ours.length } times.` );
	}
	return ours[ 0 ] ?? null;
}
