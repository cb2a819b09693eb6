/** What a scene is asked for and what it offers. */
import type { z } from 'zod';
import type {
	Order,
	orderListSchema,
	Status,
} from '../../../src/contracts/answers.ts';
import type { Problem } from '../../../src/contracts/problem.ts';
import type { Bench, CliResult, Started } from '../harness.ts';
import type { AccountState, SandboxAccount, SoldOrder } from './shapes.ts';
import type { Stage } from './stage.ts';

export interface SceneOptions {
	readonly account?: string;
	/** With the private app an instance id is only known when it is given. */
	readonly instanceId?: boolean;
	/** OAuth instead of the private app. */
	readonly oauth?: boolean;
	/** With OAuth: an app that has no secret. */
	readonly publicClient?: boolean;
	readonly settings?: Readonly< Record< string, unknown > >;
	readonly log?: string;
	/** Where Brightpearl is reached, when not at the sandbox itself. */
	readonly apiDomain?: string;
}

export interface Scene extends Stage {
	readonly bench: Bench;
	readonly account: SandboxAccount;
	/** The file the connection was made from. */
	readonly file: ConnectionFile;
	/** The command line; what it said is looked through for secrets at the end. */
	cli( ...args: string[] ): Promise< CliResult >;
	/** The same, answering what it printed; throws when the exit code is another. */
	must< T >( exit: number, ...args: string[] ): Promise< T >;
	replace(
		change: ( file: ConnectionFile ) => ConnectionFile
	): Promise< CliResult >;
	/** On a free port, or on the one it had before. */
	serve( port?: number ): Promise< Started >;
	/** Ends the service. */
	stop( signal?: NodeJS.Signals ): Promise< void >;
	/** The four webhooks of the shop, made over REST and pointed at the service as it runs now. */
	webhooks(): Promise< void >;
	/** What the command line would be told, asked of the service without a process each time. */
	operation< T >(
		name: string,
		input?: Readonly< Record< string, unknown > >
	): Promise< T >;
	orderOf( orderId: number ): Promise< Order | null >;
	/** Waits until the order is in this state. */
	order(
		orderId: number,
		state: string,
		patience?: number
	): Promise< Order >;
	problems(): Promise< readonly Problem[] >;
	status(): Promise< Status >;
	orders(): Promise< z.infer< typeof orderListSchema > >;
	state(): Promise< AccountState >;
	/** The one sales order that carries the order's reference. */
	soldOrder( orderId: number, state?: AccountState ): Promise< SoldOrder >;
	/** What Brightpearl has of the SKU in its main warehouse, less what is allocated. */
	onHand( sku: string ): Promise< number >;
	/** By hand in Brightpearl's main warehouse: `{ set }` or `{ change }` of what is there. */
	changeStock(
		sku: string,
		how: Readonly< Record< string, number > >
	): Promise< void >;
	/** Places where a secret was told that must not be; empty as it should be. */
	leaks(): Promise< string[] >;
}

export interface ConnectionFile {
	readonly name: string;
	readonly store: {
		readonly type: string;
		readonly url: string;
		readonly consumerKey: string;
		readonly consumerSecret: string;
		readonly webhookSecret: string;
	};
	readonly brightpearl: Readonly< Record< string, unknown > >;
	readonly settings: Readonly< Record< string, unknown > >;
}
