/**
 * What a 403 of the API holds was never recorded (platform reference, §2.3, §10): in each form it
 * is a refusal or an outage, never an answer, and nothing is made.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import {
	newOrder,
	sellable,
	startSandboxKit,
	type SandboxKit,
} from '../sandbox-kit.ts';
import { valueOf } from '../world.ts';

let kit: SandboxKit;
let client: Brightpearl;
beforeAll( async () => {
	kit = await startSandboxKit();
	( { client } = kit.connect( kit.configOf( 'private-app' ) ) );
	valueOf( await client.configuration() );
} );
afterAll( () => kit.close() );

test.each( [
	[ 'text', 'hold' ],
	[ 'errors', 'hold' ],
	// A page of something that stands before Brightpearl: it may pass.
	[ 'html', 'retry' ],
] as const )(
	'a 403 as %s makes nothing, and says so (%s)',
	async ( forbidden, kind ) => {
		const { productId } = await sellable( client, 2 );
		const body = await newOrder( client, productId );
		await kit.withSwitches( { forbidden }, async () => {
			const made = await client.createSalesOrder( body );
			expect( made ).toMatchObject( { ok: false, failure: { kind } } );
		} );
		const ref = { externalRef: body.externalRef ?? '' };
		expect( valueOf( await client.findSalesOrders( ref ) ) ).toEqual( [] );
	}
);
