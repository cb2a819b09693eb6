import { describe, expect, test } from '@jest/globals';
import type { PluginPort } from '../../../../admin-ui/src/host.ts';
import {
	beginAuthorization,
	callPairing,
} from '../../../../admin-ui/src/screens/pairing/api.ts';
import {
	groupedCode,
	isAiling,
	isOld,
	needsConfirmation,
} from '../../../../admin-ui/src/screens/pairing/guide.ts';

const VIEW = {
	state: 'unpaired',
	sidecarUrl: null,
	connection: null,
	sidecarId: null,
	keyId: null,
	keyCreatedAt: null,
	lastUsedAt: null,
	since: null,
	siteId: '0b4b8f6c-5b0a-4c57-9d5d-1f0f3c5f0a11',
	secretFromConfig: false,
	https: true,
	canAuthorize: true,
	keys: { state: 'none', keyId: null },
	webhooks: [],
	outbox: { waiting: 0, oldestAt: null },
	nudge: { pausedUntil: null },
};

function plugin( value: unknown ) {
	const calls: unknown[] = [];
	const port: Pick< PluginPort, 'call' > = {
		call: ( ...call ) => {
			calls.push( call );
			return Promise.resolve( { ok: true, value } );
		},
	};
	return { port, calls };
}

describe( 'the plugin’s answers', () => {
	test( 'are read, and asked for with the right method', async () => {
		const { port, calls } = plugin( VIEW );
		const read = await callPairing( port, { path: 'pairing' } );
		expect( read.ok && read.view.state ).toBe( 'unpaired' );
		await callPairing( port, {
			path: 'pairing/moved',
			data: { choice: 'copy' },
		} );
		expect( calls ).toEqual( [
			[ 'GET', 'pairing' ],
			[ 'POST', 'pairing/moved', { choice: 'copy' } ],
		] );
	} );

	test( 'that are not understood are said to be so', async () => {
		const { port } = plugin( { ...VIEW, state: 'engaged' } );
		const read = await callPairing( port, { path: 'pairing' } );
		expect( ! read.ok && read.error.code ).toBe( 'strange-answer' );
	} );

	test( 'lead only to a web address', async () => {
		const good = plugin( { url: 'https://shop.example.test/wc-auth' } );
		expect( await beginAuthorization( good.port ) ).toEqual( {
			ok: true,
			url: 'https://shop.example.test/wc-auth',
		} );
		const bad = plugin( { url: 'javascript:alert(1)' } );
		expect( ( await beginAuthorization( bad.port ) ).ok ).toBe( false );
	} );
} );

describe( 'what is typed to pair', () => {
	test( 'a code is grouped as the service shows it', () => {
		expect( groupedCode( 'k7q2m 8x4t0 1c5vz' ) ).toBe(
			'K7Q2M-8X4T0-1C5VZ'
		);
		expect( groupedCode( 'K7Q2M' ) ).toBe( 'K7Q2M' );
		expect( groupedCode( 'K7Q2M-8X4T0-1C5VZ-33333-and more' ) ).toBe(
			'K7Q2M-8X4T0-1C5VZ-33333'
		);
	} );

	test( 'plain http asks for a word, https does not', () => {
		expect( needsConfirmation( ' HTTP://10.0.0.5:8780' ) ).toBe( true );
		expect( needsConfirmation( 'https://bridge.example.test' ) ).toBe(
			false
		);
	} );
} );

test( 'a webhook that fails or is off ails', () => {
	expect( isAiling( { status: 'active', failures: 0 } ) ).toBe( false );
	expect( isAiling( { status: 'active', failures: 2 } ) ).toBe( true );
	expect( isAiling( { status: 'disabled', failures: 0 } ) ).toBe( true );
} );

test( 'a key is old after a year', () => {
	const now = Date.parse( '2026-11-21T00:00:00Z' );
	expect( isOld( '2025-11-20T00:00:00Z', now ) ).toBe( true );
	expect( isOld( '2025-11-22T00:00:00Z', now ) ).toBe( false );
	expect( isOld( null, now ) ).toBe( false );
} );
