/**
 * The documented fields and the built-in Brightpearl agree: a difference would be told to every
 * user as a change of Brightpearl's.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDriftWatch } from '../../../src/brightpearl/answers/drift.ts';
import type { BatchMode } from '../../../src/brightpearl/batching/batch.ts';
import type { Database } from '../../../src/contracts/database.ts';
import { NO_METER } from '../../../src/contracts/meter.ts';
import { systemClock } from '../../../src/net/world.ts';
import { memoryLogger } from '../../battery/bench.ts';
import {
	openSqliteBench,
	type SqliteBench,
} from '../../battery/sqlite-bench.ts';
import { WORLDS } from '../../helpers/worlds.ts';
import {
	catalogue,
	newOrder,
	sellable,
	startSandboxKit,
	type SandboxKit,
} from '../sandbox-kit.ts';
import { valueOf } from '../world.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let bench: SqliteBench;
	let database: Database;
	let kit: SandboxKit;

	beforeAll( async () => {
		bench = await openSqliteBench();
		database = await bench.open();
		kit = await startSandboxKit( world );
	} );
	afterAll( async () => {
		await kit.close();
		await bench.destroy();
	} );

	test.each< BatchMode >( [ 'off', 'sequential' ] )(
		'nothing the sandbox answers differs from what is documented, batches %s',
		async ( batch ) => {
			const drift = createDriftWatch( {
				drift: database.drift,
				cache: database.cache,
				clock: systemClock,
				logger: memoryLogger(),
				meter: NO_METER,
			} );
			const { client } = kit.connect( kit.configOf( 'oauth' ), {
				batch,
				drift,
			} );
			await client.check();
			for ( const read of [
				client.configuration,
				client.channels,
				client.warehouses,
				client.taxCodes,
				client.paymentMethods,
				client.priceLists,
				client.leadSources,
				client.orderStatuses,
				client.nominalCodes,
				client.shippingMethods,
				client.currencies,
				client.exchangeRates,
				client.contactTags,
			] ) {
				expect( ( await read( true ) ).ok ).toBe( true );
			}
			const product = await sellable( client, 2 );
			const body = await newOrder( client, product.productId );
			const orderId =
				valueOf( await client.createSalesOrder( body ) ) ?? 0;
			const [ order ] = valueOf(
				await client.salesOrders( [ orderId ] )
			);
			valueOf(
				await client.createReservation( orderId, 2, [
					{
						productId: product.productId,
						salesOrderRowId: order?.rows[ 0 ]?.id ?? 0,
						quantity: 2,
					},
				] )
			);
			const paidAs = {
				paymentMethodCode: 'CARD',
				paymentType: 'RECEIPT',
				orderId,
				currencyIsoCode: body.currency.code,
				amountPaid: '10.00',
				paymentDate: '2026-03-02T09:15:00.000+00:00',
			} as const;
			const taxCode = body.rows[ 0 ]?.taxCode ?? '';
			// At once, so that they leave in one batch where there are batches.
			for ( const written of await Promise.all( [
				client.createPayment( {
					...paidAs,
					transactionRef: `${ batch }-1`,
				} ),
				client.createPayment( {
					...paidAs,
					transactionRef: `${ batch }-2`,
				} ),
				client.addOrderNote( orderId, { text: 'Leave at the door' } ),
			] ) ) {
				expect( written.ok ).toBe( true );
			}
			const rowId = valueOf(
				await client.addOrderRow( orderId, {
					name: 'Gift wrap',
					quantity: '1',
					taxCode,
					net: '5.00',
					tax: '1.00',
				} )
			);
			valueOf(
				await client.patchOrderRow( orderId, rowId, [
					{
						op: 'replace',
						path: '/rowValue/taxCalculator',
						value: 'manual',
					},
				] )
			);
			valueOf(
				await client.patchOrder( orderId, [
					{ op: 'replace', path: '/reference', value: '#changed' },
				] )
			);
			valueOf(
				await client.patchOrderCustomFields( orderId, {
					PCF_TEAM: 'North',
					PCF_SOURCE: { id: 160 },
				} )
			);
			valueOf(
				await client.patchContact( body.customer.id ?? 0, [
					{ op: 'replace', path: '/firstName', value: 'Inês' },
				] )
			);
			valueOf(
				await client.createSalesCredit( {
					...body,
					externalRef: `${ body.externalRef }-r1`,
					parentId: orderId,
					rows: body.rows.slice( 1 ),
				} )
			);
			await client.reservation( orderId );
			await client.fulfilmentStatus( orderId );
			await client.contacts( [ body.customer.id ?? 0 ] );
			await client.contactsByEmail( body.customer.address.email ?? '' );
			await client.payments( { orderIds: [ orderId ] } );
			const products = await catalogue( client );
			const ids = products.map( ( { productId } ) => productId );
			await client.products( ids );
			await client.availability( ids );
			await client.salesOrders( [ orderId ] );
			await drift.close();
			expect(
				( await database.drift.list( kit.account.account ) ).map(
					( { endpoint, field, kind } ) =>
						`${ endpoint } ${ kind } ${ field }`
				)
			).toEqual( [] );
		}
	);
} );
