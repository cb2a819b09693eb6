/**
 * Both sandboxes, a connection that is not live, and its running service: what is asked of orders.
 */
import { openStage, type SoldOrder, type Stage } from '../kit.ts';
import { expectDocument, expectExit } from './documents.ts';
import { connectionFile, createProgram, type Program } from './program.ts';

export const ACCOUNT = 'sandbox-gb';

export interface OrderScene {
	readonly stage: Stage;
	readonly program: Program;
	/** The id of a new order. */
	sell( wish?: Readonly< Record< string, unknown > > ): Promise< number >;
	/** Every sales order that carries the order's reference. */
	soldOrders( orderId: number ): Promise< readonly SoldOrder[] >;
	setting( ...changes: string[] ): Promise< void >;
	end(): Promise< void >;
}

export async function openOrderScene(): Promise< OrderScene > {
	const [ stage, program ] = await Promise.all( [
		openStage(),
		createProgram(),
	] );
	await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
	const account = stage.brightpearl.account( ACCOUNT );
	expectDocument(
		'connection',
		await program.add( connectionFile( stage, account, 'main' ) )
	);
	await program.serve();
	return {
		stage,
		program,
		sell: ( wish = {} ) =>
			stage.shop.sellOne( {
				sku: 'OSB-01',
				paymentMethod: 'stripe',
				...wish,
			} ),
		async soldOrders( orderId ) {
			const { orders } = await stage.brightpearl.state( ACCOUNT );
			return orders.filter(
				( { externalRef } ) => externalRef === `shop-${ orderId }`
			);
		},
		setting: async ( ...changes ) =>
			expectExit(
				await program.cli( [ 'settings', 'set', ...changes ] ),
				0
			),
		async end() {
			await program.end();
			await stage.end();
		},
	};
}
