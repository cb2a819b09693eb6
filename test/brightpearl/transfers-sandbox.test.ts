/**
 * A goods-out note to another warehouse leaves by the same door as a customer's parcel, and is of
 * no order (resources reference, §4.5): the client must tell the two apart.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Brightpearl } from '../../src/brightpearl/api.ts';
import { WORLDS } from '../helpers/worlds.ts';
import { sellable, startSandboxKit } from './sandbox-kit.ts';
import type { SandboxKit } from './sandbox-kit.ts';
import { valueOf } from './world.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let kit: SandboxKit;
	let client: Brightpearl;
	beforeAll( async () => {
		kit = await startSandboxKit( world );
		( { client } = kit.connect( kit.configOf( 'private-app' ) ) );
	} );
	afterAll( () => kit.close() );

	test( 'a transfer that left is no shipment of an order', async () => {
		const since = new Date( Date.now() - 60_000 ).toISOString();
		const { productId } = await sellable( client, 2 );
		const [ from, to ] = valueOf( await client.warehouses() ).map(
			( { id } ) => id
		);
		await kit.control( 'transfer', {
			account: kit.account.account,
			productId,
			quantity: 1,
			warehouseId: from,
			targetWarehouseId: to,
		} );
		const [ noteId ] = [ ...kit.sandbox.noteIds ];
		expect( noteId ).toBeDefined();
	} );
} );
