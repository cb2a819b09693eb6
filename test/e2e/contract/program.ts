/**
 * A data dir with its command line, and a connection file that fits both sandboxes.
 */
import {
	createBench,
	type CliResult,
	type RunOptions,
	type Started,
} from '../harness.ts';
import type { SandboxAccount, Stage } from '../kit.ts';

export type Tree = { readonly [ key: string ]: unknown };

export interface FileParts {
	readonly store?: Tree;
	readonly brightpearl?: Tree;
	readonly settings?: Tree;
}

/** Taxes and payments of the British sandbox; nothing moves on a schedule. */
export function settingsOf( orders: Tree = {}, more: Tree = {} ): Tree {
	return {
		orders: {
			refPrefix: 'shop',
			channelId: 7,
			payments: { '*': 'CARD' },
			tax: [
				{ percent: '20', code: 'T20' },
				{ percent: '5', code: 'T5' },
				{ percent: '0', code: 'T0' },
			],
			taxDefault: 'T20',
			...orders,
		},
		sweep: { every: '12h', deep: '24h' },
		stock: { every: null, warehouses: [ 2 ] },
		...more,
	};
}

/** The parts given replace those of the same name. */
export function connectionFile(
	{ shop }: Stage,
	account: SandboxAccount,
	name: string,
	{ store, brightpearl, settings = settingsOf() }: FileParts = {}
) {
	const { consumerKey, consumerSecret, webhookSecret, url } = shop;
	return {
		name,
		store: {
			type: 'woocommerce',
			url,
			consumerKey,
			consumerSecret,
			webhookSecret,
			...store,
		},
		brightpearl: {
			account: account.account,
			apiDomain: account.apiDomain,
			sandbox: true,
			installationInstanceId: account.installationInstanceId,
			auth: {
				type: 'private-app',
				appRef: account.privateApp.appRef,
				accountToken: account.privateApp.accountToken,
			},
			...brightpearl,
		},
		settings,
	};
}

export interface Program {
	readonly dataDir: string;
	/** A command as typed; a list where a word holds spaces. */
	cli(
		line: string | readonly string[],
		options?: RunOptions
	): Promise< CliResult >;
	/** The same, to be interrupted. */
	begin(
		line: string
	): ReturnType< Awaited< ReturnType< typeof createBench > >[ 'run' ] >;
	add( file: unknown, ...flags: string[] ): Promise< CliResult >;
	serve(): Promise< Started >;
	end(): Promise< void >;
}

export async function createProgram(): Promise< Program > {
	const bench = await createBench();
	return {
		dataDir: bench.dataDir,
		cli: ( line, options ) =>
			bench.cli(
				typeof line === 'string' ? line.split( ' ' ) : line,
				undefined,
				options
			),
		begin: ( line ) => bench.run( line.split( ' ' ) ),
		add: ( file, ...flags ) =>
			bench.cli(
				[ 'connection', 'add', '--file', '-', ...flags ],
				JSON.stringify( file )
			),
		serve: () => bench.serve(),
		end: () => bench.end(),
	};
}

/** Any connection will do: for what asks nobody. */
export const FILE = {
	name: 'main',
	store: {
		type: 'woocommerce',
		url: 'http://127.0.0.1:9',
		consumerKey: 'ck_0123456789abcdef',
		consumerSecret: 'cs_0123456789abcdef',
		webhookSecret: 'whsec_0123456789abcdef',
	},
	brightpearl: {
		account: 'acmeshop',
		apiDomain: 'http://127.0.0.1:9',
		sandbox: true,
		auth: {
			type: 'private-app',
			appRef: 'acmeshop_woo',
			accountToken: 'token-0123456789',
		},
	},
};
export const ADD_FILE = [ 'connection', 'add', '--file', '-', '--replace' ];
