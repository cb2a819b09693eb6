/**
 * The table of operations, joined to what does them.
 */
import type {
	OperationCall,
	OperationInput,
	OperationName,
	OperationOutput,
	Operations,
	Outcome,
} from '../../contracts/operations.ts';
import { backfillCancel, backfillShow, ordersBackfill } from './backfill.ts';
import {
	connectionAdd,
	connectionCheck,
	connectionList,
	connectionRemove,
	connectionShow,
} from './connections.ts';
import type { OperationContext } from './context.ts';
import { ordersDecide, ordersList, ordersShow } from './orders.ts';
import { ordersPush } from './orders-push.ts';
import { problemsList, problemsRetry } from './problems.ts';
import { settingsGet, settingsSet } from './settings.ts';
import { status } from './status.ts';
import { stockExplain, stockPull } from './stock.ts';
import { ordersSweep } from './sweeps.ts';

type Handlers = {
	readonly [ N in OperationName ]: (
		context: OperationContext,
		input: OperationInput< N >,
		call: OperationCall
	) => Promise< Outcome< OperationOutput< N > > >;
};

const HANDLERS: Handlers = {
	connectionAdd,
	connectionList,
	connectionShow,
	connectionRemove,
	connectionCheck,
	ordersPush,
	ordersShow,
	ordersList,
	ordersDecide,
	ordersSweep,
	ordersBackfill,
	backfillShow,
	backfillCancel,
	stockPull,
	stockExplain,
	problemsList,
	problemsRetry,
	status,
	settingsGet,
	settingsSet,
};

export function createOperations( context: OperationContext ): Operations {
	return {
		run( name, input, call ) {
			return HANDLERS[ name ]( context, input, call );
		},
	};
}
