/**
 * What just happened, for whoever watches: `serve --json`, the demo's picture, later the console.
 *
 * Listeners are told after the fact was recorded and may not throw; nothing depends on them.
 */
import type { OrderState } from '../contracts/answers.ts';
import type { Problem } from '../contracts/problem.ts';

export type FlowEvent =
	| {
			readonly event: 'order';
			readonly connection: string;
			readonly orderId: number;
			readonly number: string | null;
			readonly state: OrderState;
			readonly salesOrderId: number | null;
			readonly rows: number | null;
			readonly currency: string | null;
			readonly total: string | null;
			readonly allocation: string | null;
	  }
	| {
			readonly event: 'stock';
			readonly connection: string;
			readonly runId: number;
			readonly state: string;
			readonly changes: readonly {
				readonly sku: string;
				readonly from: number | null;
				readonly to: number;
			}[];
	  }
	| {
			readonly event: 'problem';
			readonly connection: string;
			readonly problem: Problem;
	  };

export interface Events {
	emit( event: FlowEvent ): void;
	subscribe( listener: ( event: FlowEvent ) => void ): () => void;
}

export function createEvents(): Events {
	const listeners = new Set< ( event: FlowEvent ) => void >();
	return {
		emit( event ) {
			for ( const listener of listeners ) {
				listener( event );
			}
		},
		subscribe( listener ) {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},
	};
}
