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
import {
	connectionAdd,
	connectionCheck,
	connectionList,
	connectionRemove,
	connectionShow,
	settingsGet,
	settingsSet,
} from './connections.ts';
import type { OperationContext } from './context.ts';
import { ordersDecide, ordersList, ordersPush, ordersShow } from './orders.ts';
import { problemsList, problemsRetry } from './problems.ts';
import { status } from './status.ts';
import { stockExplain, stockPull } from './stock.ts';
import {
	backfillCancel,
	backfillShow,
	ordersBackfill,
	ordersSweep,
} from './sweeps.ts';

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
