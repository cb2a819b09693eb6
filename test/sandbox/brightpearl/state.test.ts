import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderBody, startHarness } from './harness.ts';

let folder: string;
beforeEach( async () => {
	folder = await mkdtemp( join( tmpdir(), 'brightpearl-sandbox-' ) );
} );
afterEach( () => rm( folder, { recursive: true } ) );

const fileIn = () => join( folder, 'deep', 'state.json' );

test( 'a restart continues: orders, stock, payments, tokens, switches, and ids go on', async () => {
	const stateFile = fileIn();
	const first = await startHarness( {
		stateFile,
		switches: { duplicateAnswer: 'empty' },
	} );
	const customer = await first.contact();
	const body = orderBody( customer, { installedIntegrationInstanceId: 11 } );
	const { productId } = await first.product( 'OSB-01' );
	const made = await first.call( 'POST', '/order-service/sales-order', body );
	const orderId = Number( made.json.response );
	await first.call( 'POST', '/accounting-service/customer-payment', {
		transactionRef: 'once',
		paymentMethodCode: 'CARD',
		paymentType: 'RECEIPT',
		orderId,
		currencyIsoCode: 'GBP',
		amountPaid: '5.00',
		paymentDate: '2026-07-01',
	} );
	await first.control( 'POST', '/stock', {
		account: 'sandbox-gb',
		productId,
		set: 7,
	} );
	const headers = await first.headersFor( 'oauth', 'sandbox-gb' );
	const before = await first.control( 'GET', '/state' );
	const credentials = first.sandbox.ready.accounts.map( ( account ) => [
		account.privateApp,
		account.oauth,
	] );
	await first.close();

	const second = await startHarness( { stateFile } );
	try {
		expect( ( await second.control( 'GET', '/state' ) ).json ).toEqual(
			before.json
		);
		expect(
			second.sandbox.ready.accounts.map( ( account ) => [
				account.privateApp,
				account.oauth,
			] )
		).toEqual( credentials );
		const token = await second.raw(
			'GET',
			'/public-api/sandbox-gb/integration-service/account-configuration',
			headers
		);
		expect( token.status ).toBe( 200 );
		// Still a duplicate, still answered as the switch said.
		const again = await second.call(
			'POST',
			'/order-service/sales-order',
			body
		);
		expect( again ).toMatchObject( { status: 200, text: '{}' } );
		const next = await second.call(
			'POST',
			'/order-service/sales-order',
			orderBody( customer, { externalRef: 'another' } )
		);
		expect( next.json.response ).toBe( orderId + 1 );
	} finally {
		await second.close();
	}
} );

test( 'ids are not reused after a restart, even when the last one was deleted', async () => {
	const stateFile = fileIn();
	const first = await startHarness( { stateFile } );
	const product = { account: 'sandbox-gb', sku: 'GONE' };
	const { productId } = (
		await first.control( 'POST', '/products', product )
	).json;
	await first.control( 'DELETE', '/products', product );
	await first.close();
	const second = await startHarness( { stateFile } );
	const again = await second.control( 'POST', '/products', product );
	await second.close();
	expect( Number( again.json.productId ) ).toBe( Number( productId ) + 1 );
} );

test( 'a change is on disk shortly after, before the end, and no half-written file is left', async () => {
	const stateFile = fileIn();
	const bp = await startHarness( { stateFile } );
	try {
		await bp.contact( 'saved@example.test' );
		const saved = async () =>
			( await readFile( stateFile, 'utf8' ).catch( () => '' ) ).includes(
				'saved@example.test'
			);
		const deadline = Date.now() + 5000;
		while ( ! ( await saved() ) && Date.now() < deadline ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 20 ) );
		}
		expect( await saved() ).toBe( true );
		JSON.parse( await readFile( stateFile, 'utf8' ) );
	} finally {
		await bp.close();
	}
	expect( await readdir( join( folder, 'deep' ) ) ).toEqual( [
		'state.json',
	] );
} );

test( 'another seed is refused, and the file is left as it was', async () => {
	const stateFile = fileIn();
	await ( await startHarness( { stateFile, seed: 3 } ) ).close();
	const before = await readFile( stateFile, 'utf8' );
	await expect( startHarness( { stateFile, seed: 4 } ) ).rejects.toThrow(
		'seed 3'
	);
	expect( await readFile( stateFile, 'utf8' ) ).toBe( before );
	await ( await startHarness( { stateFile } ) ).close();
} );

test( 'a file that cannot be read is an error that names it, never overwritten', async () => {
	const stateFile = join( folder, 'state.json' );
	await writeFile( stateFile, '{"half":' );
	await expect( startHarness( { stateFile } ) ).rejects.toThrow( stateFile );
	expect( await readFile( stateFile, 'utf8' ) ).toBe( '{"half":' );
} );

test( 'credentials come from the seed: the same again, different with another', async () => {
	const of = async ( seed: number ) => {
		const bp = await startHarness( { seed } );
		const { privateApp, oauth } = bp.accountOf();
		await bp.close();
		return { privateApp, oauth };
	};
	const one = await of( 1 );
	expect( await of( 1 ) ).toEqual( one );
	expect( ( await of( 2 ) ).privateApp.accountToken ).not.toBe(
		one.privateApp.accountToken
	);
	expect( one.privateApp.accountToken ).toHaveLength( 44 );
	expect( one.privateApp.appRef ).toMatch( /^sandbox-gb_/ );
} );

test( 'a port that is taken is refused', async () => {
	const bp = await startHarness();
	const port = Number( new URL( bp.sandbox.url ).port );
	await expect( startHarness( { port } ) ).rejects.toThrow( 'EADDRINUSE' );
	await bp.close();
} );
