/** Every command of this version, in the order the help shows them. */
import type { Command } from '../command.ts';
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
import { ordersBackfillShow } from './orders-backfill-show.ts';
import { ordersBackfill } from './orders-backfill.ts';
import { ordersHold } from './orders-hold.ts';
import { ordersIgnore } from './orders-ignore.ts';
import { ordersList } from './orders-list.ts';
import { ordersPush } from './orders-push.ts';
import { ordersRelease } from './orders-release.ts';
import { ordersShow } from './orders-show.ts';
import { ordersSweep } from './orders-sweep.ts';
import { pair } from './pair.ts';
import { problemsList } from './problems-list.ts';
import { problemsRetry } from './problems-retry.ts';
import { sandboxBrightpearl, sandboxShop } from './sandbox.ts';
import { serve } from './serve.ts';
import { settingsGet } from './settings-get.ts';
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
	ordersSweep,
	ordersBackfill,
	ordersBackfillShow,
	ordersBackfillCancel,
	stockPull,
	stockExplain,
	problemsList,
	problemsRetry,
	status,
	settingsGet,
	settingsSet,
];
