/**
 * A goods-out note to another warehouse leaves by the same door as a customer's parcel, and is of
 * no order (resources reference, §4.5): the client must tell the two apart.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import { WORLDS } from '../../helpers/worlds.ts';
import { sellable, startSandboxKit } from '../sandbox-kit.ts';
import type { SandboxKit } from '../sandbox-kit.ts';
import { valueOf } from '../world.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let kit: SandboxKit;
	let client: Brightpearl;
	beforeAll( async () => {
		kit = await startSandboxKit( world );
		( { client } = kit.connect( kit.configOf( 'private-app' ) ) );
		valueOf( await client.configuration() );
	} );
	afterAll( () => kit.close() );

	async function sendTransfer(): Promise< number > {
		const { productId } = await sellable( client, 2 );
		const [ to ] = valueOf( await client.warehouses() ).filter(
			( { id } ) => id !== 2
		);
		const answer = await fetch( `${ kit.sandbox.url }/_sandbox/transfer`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify( {
				account: kit.account.account,
				productId,
				quantity: 1,
				warehouseId: 2,
				targetWarehouseId: to?.id,
			} ),
		} );
		const { noteId } = ( await answer.json() ) as { noteId: number };
		return noteId;
	}

	test( 'a transfer that left is read as of no order, and is nobody’s shipment', async () => {
		const noteId = await sendTransfer();
		valueOf(
			await client.addGoodsOutEvent( noteId, {
				code: 'SHW',
				at: new Date().toISOString(),
				ownerId: 4,
			} )
		);
		expect(
			valueOf( await client.goodsOutNotes( { noteIds: [ noteId ] } ) )
		).toEqual( [
			expect.objectContaining( {
				noteId,
				orderId: null,
				transfer: true,
				shipped: true,
			} ),
		] );
		const since = new Date( Date.now() - 60_000 ).toISOString();
		expect( valueOf( await client.shippedNotes( { since } ) ) ).toEqual(
			[]
		);
	} );
} );
