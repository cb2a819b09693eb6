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
import { aliasesExport, aliasesImport } from './aliases.ts';
import { activity } from './activity.ts';
import {
	backfillCancel,
	backfillList,
	backfillPause,
	backfillResume,
	backfillShow,
	ordersBackfill,
} from './backfill.ts';
import {
	connectionAdd,
	connectionCheck,
	connectionList,
	connectionRemove,
	connectionShow,
} from './connections.ts';
import {
	connectionAuthorize,
	connectionConsent,
	connectionConsentState,
} from './connection-authorize.ts';
import { connectionEdit } from './connection-edit.ts';
import { connectionSite } from './connection-site.ts';
import { choices } from './choices.ts';
import type { OperationContext } from './context.ts';
import { login } from './login.ts';
import { ordersDecide, ordersList, ordersShow } from './orders.ts';
import { mappingReport } from './mapping-report.ts';
import { ordersCompare } from './orders-compare.ts';
import { ordersResolve } from './orders-resolve.ts';
import { ordersPush } from './orders-push.ts';
import { connectionUnpair, pair } from './pairing.ts';
import { problemsList, problemsRetry } from './problems.ts';
import {
	settingsGet,
	settingsHistory,
	settingsSave,
	settingsSet,
	settingsShow,
} from './settings.ts';
import { settingsExport, settingsImport } from './settings-transfer.ts';
import { status } from './status.ts';
import { stockExplain, stockPull } from './stock.ts';
import { stockRunShow, stockRuns } from './stock-runs.ts';
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
	connectionEdit,
	connectionSite,
	connectionConsent,
	connectionConsentState,
	connectionAuthorize,
	login,
	pair,
	connectionUnpair,
	ordersPush,
	ordersShow,
	ordersList,
	ordersResolve,
	ordersCompare,
	ordersDecide,
	ordersSweep,
	ordersBackfill,
	backfillShow,
	backfillCancel,
	backfillPause,
	backfillResume,
	backfillList,
	stockPull,
	stockRuns,
	stockRunShow,
	stockExplain,
	problemsList,
	problemsRetry,
	status,
	activity,
	choices,
	settingsShow,
	settingsSave,
	settingsHistory,
	settingsGet,
	settingsSet,
	settingsExport,
	settingsImport,
	aliasesExport,
	aliasesImport,
	mappingReport,
};

export function createOperations( context: OperationContext ): Operations {
	return {
		run( name, input, call ) {
			return HANDLERS[ name ]( context, input, call );
		},
	};
}
