/** Every command of this version, in the order the help shows them. */
import type { Command } from '../command.ts';
import { aliasesExport } from './aliases-export.ts';
import { aliasesImport } from './aliases-import.ts';
import { connectionAdd } from './connection-add.ts';
import { connectionAuthorize } from './connection-authorize.ts';
import { connectionCheck } from './connection-check.ts';
import { connectionList } from './connection-list.ts';
import { connectionRemove } from './connection-remove.ts';
import { connectionShow } from './connection-show.ts';
import { connectionSite } from './connection-site.ts';
import { demo } from './demo.ts';
import { login } from './login.ts';
import { ordersBackfillCancel } from './orders-backfill-cancel.ts';
import { ordersBackfillList } from './orders-backfill-list.ts';
import { ordersBackfillPause } from './orders-backfill-pause.ts';
import { ordersBackfillResume } from './orders-backfill-resume.ts';
import { ordersBackfillShow } from './orders-backfill-show.ts';
import { ordersBackfill } from './orders-backfill.ts';
import { mappingReport } from './mapping-report.ts';
import { ordersHold } from './orders-hold.ts';
import { ordersIgnore } from './orders-ignore.ts';
import { ordersList } from './orders-list.ts';
import { ordersPush } from './orders-push.ts';
import { ordersRelease } from './orders-release.ts';
import { ordersResolve } from './orders-resolve.ts';
import { ordersShow } from './orders-show.ts';
import { ordersSweep } from './orders-sweep.ts';
import { pair } from './pair.ts';
import { problemsList } from './problems-list.ts';
import { problemsRetry } from './problems-retry.ts';
import { sandboxBrightpearl, sandboxShop } from './sandbox.ts';
import { serve } from './serve.ts';
import { settingsExport } from './settings-export.ts';
import { settingsGet } from './settings-get.ts';
import { settingsImport } from './settings-import.ts';
import { settingsSet } from './settings-set.ts';
import { status } from './status.ts';
import { stockExplain } from './stock-explain.ts';
import { stockPull } from './stock-pull.ts';

export const COMMANDS: readonly Command[] = [
	serve,
	demo,
	sandboxBrightpearl,
	sandboxShop,
	login,
	pair,
	connectionAdd,
	connectionList,
	connectionShow,
	connectionRemove,
	connectionCheck,
	connectionAuthorize,
	connectionSite,
	ordersPush,
	ordersShow,
	ordersList,
	ordersHold,
	ordersRelease,
	ordersIgnore,
	ordersResolve,
	ordersSweep,
	ordersBackfill,
	ordersBackfillList,
	ordersBackfillShow,
	ordersBackfillPause,
	ordersBackfillResume,
	ordersBackfillCancel,
	mappingReport,
	aliasesImport,
	aliasesExport,
	stockPull,
	stockExplain,
	problemsList,
	problemsRetry,
	status,
	settingsGet,
	settingsSet,
	settingsExport,
	settingsImport,
];
