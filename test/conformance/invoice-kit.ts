/**
 * Closing an order and waiting for its invoice (resources reference, §1.12).
 */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Api } from './case.ts';
import { at, readOrder, silent } from './order-kit.ts';

export const close = ( api: Api, id: number, body: unknown = {} ) =>
	api.post( `/order-service/sales-order/${ id }/close`, body );

export const reference = async ( api: Api, id: number ): Promise< string > =>
	String(
		at( await readOrder( api, id ), 'invoices', 0, 'invoiceReference' )
	);

const PATIENCE_MS = 30_000;
const STEP_MS = 250;

export async function invoiced( api: Api, id: number ): Promise< void > {
	silent( await close( api, id ) );
	for ( let waited = 0; waited < PATIENCE_MS; waited += STEP_MS ) {
		if ( ! [ '', 'pending' ].includes( await reference( api, id ) ) ) {
			return;
		}
		await wait( STEP_MS );
	}
	assert.fail( 'the order was not invoiced in time' );
}
