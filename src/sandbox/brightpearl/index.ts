/**
 * The Brightpearl sandbox: a faithful imitation of Brightpearl's API for the demo and for tests.
 */
import type { Clock } from '../../contracts/world.ts';
import { listen } from '../http-kit.ts';
import { createApi } from './api.ts';
import type { SandboxEvent } from './model.ts';
import { currentRefreshToken } from './oauth-grants.ts';
import { createSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { createServerHandler } from './server.ts';
import { createStateFile, readStateFile } from './state-file.ts';
import { switchesSchema } from './switches.ts';
import type { Switches } from './switches.ts';
import { createThrottle } from './throttle.ts';
import { createWebhookSender } from './webhook-sender.ts';

export type { SandboxEvent } from './model.ts';
export type { Switches } from './switches.ts';

export interface BrightpearlSandboxOptions {
	/** 0 or none = any free one. */
	readonly port?: number;
	readonly host?: '127.0.0.1';
	/** None = the state file's, else 1. */
	readonly seed?: number;
	/** 60 makes the throttle's minute a second. */
	readonly speed?: number;
	/** Null or none = everything is forgotten at the end. */
	readonly stateFile?: string | null;
	readonly switches?: Partial< Switches >;
	readonly clock: Clock;
	readonly onEvent?: ( event: SandboxEvent ) => void;
}

/** An account as the ready line tells it (command line's contract, §4). */
export interface SandboxAccount {
	readonly account: string;
	readonly apiDomain: string;
	readonly oauthUrl: string;
	readonly installationInstanceId: number;
	readonly privateApp: {
		readonly appRef: string;
		readonly accountToken: string;
		readonly staffToken: string;
	};
	readonly oauth: {
		readonly clientId: string;
		readonly clientSecret: string;
		readonly devRef: string;
		readonly refreshToken: string;
	};
}

export interface BrightpearlSandbox {
	readonly url: string;
	/** The ready line's fields but `event` and `pid`. */
	readonly ready: {
		readonly url: string;
		readonly accounts: readonly SandboxAccount[];
	};
	setSwitches( switches: Partial< Switches > ): void;
	/** Stops and saves. */
	close(): Promise< void >;
}

const DEFAULT_SEED = 1;

/** Rejects when the port is taken, or the state file is unreadable or of another seed. */
export async function startBrightpearlSandbox(
	options: BrightpearlSandboxOptions
): Promise< BrightpearlSandbox > {
	const { clock, stateFile = null, speed = 1, onEvent = () => {} } = options;
	const saved = stateFile === null ? null : readStateFile( stateFile );
	const seed = options.seed ?? saved?.seed ?? DEFAULT_SEED;
	if ( saved && saved.seed !== seed ) {
		throw new Error(
			`${ stateFile ?? '' } was made with seed ${ saved.seed }, not ${ seed }`
		);
	}

	let touch = (): void => {};
	const sender = createWebhookSender( clock, seed, () => sandbox.switches() );
	const sandbox: Sandbox = createSandbox( {
		seed,
		saved,
		now: () => clock.now(),
		onChange: () => touch(),
		onEvent,
		onResource: ( account, change ) => sender.raise( account, change ),
		onSimulation: ( account, simulation ) =>
			sender.simulate( account, simulation ),
	} );
	const setSwitches = ( switches: Partial< Switches > ): void =>
		sandbox.setSwitches(
			switchesSchema.parse( { ...sandbox.switches(), ...switches } )
		);
	setSwitches( options.switches ?? {} );

	const state =
		stateFile === null
			? null
			: createStateFile( stateFile, () => [
					seed,
					sandbox.switches(),
					[ ...sandbox.tenants.values() ].map(
						( { account } ) => account
					),
				] );
	touch = state?.touch ?? touch;

	const host = options.host ?? '127.0.0.1';
	const closing = new AbortController();
	let port = 0;
	const server = await listen(
		createServerHandler( {
			sandbox,
			api: createApi( sandbox, createThrottle( speed ) ),
			clock,
			apiDomain: () => `${ host }:${ port }`,
			closing: closing.signal,
		} ),
		options.port ?? 0,
		host
	);
	port = server.port;
	const url = `http://${ host }:${ port }`;
	for ( const { account } of sandbox.tenants.values() ) {
		sender.resume( account );
	}

	return {
		url,
		ready: {
			url,
			accounts: [ ...sandbox.tenants.values() ].map(
				( { account, credentials } ) => ( {
					account: account.code,
					apiDomain: url,
					oauthUrl: `${ url }/oauth`,
					installationInstanceId: account.profile.instanceId,
					privateApp: credentials.privateApp,
					oauth: {
						...credentials.oauth,
						refreshToken: currentRefreshToken(
							account,
							credentials
						),
					},
				} )
			),
		},
		setSwitches,
		close: async () => {
			closing.abort();
			await server.close();
			await sender.stop();
			await state?.close();
		},
	};
}
