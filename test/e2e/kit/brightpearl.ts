/** The Brightpearl sandbox: its control addresses, and its API as staff use it. */
import type { Started } from '../harness.ts';
import { send } from './send.ts';
import type { AccountState, LoggedRequest, SandboxAccount } from './shapes.ts';

export interface BrightpearlAccess {
	readonly url: string;
	readonly accounts: readonly SandboxAccount[];
	control< T >( path: string, body?: unknown, method?: string ): Promise< T >;
	account( code: string ): SandboxAccount;
	state( code: string ): Promise< AccountState >;
	fault( fault: Readonly< Record< string, unknown > > ): Promise< void >;
	clearFaults(): Promise< void >;
	switches( change: Readonly< Record< string, unknown > > ): Promise< void >;
	requests( since?: number ): Promise< readonly LoggedRequest[] >;
	lastRequest(): Promise< number >;
	/** Brightpearl's own API, as staff or another app of the account use it: the whole answer. */
	api(
		account: string,
		method: string,
		path: string,
		body?: unknown
	): Promise< Response >;
}

export function brightpearlAccess(
	ready: Started[ 'ready' ]
): BrightpearlAccess {
	const url = ready.url;
	const { accounts } = ready as unknown as { accounts: SandboxAccount[] };
	const control = < T >(
		path: string,
		body?: unknown,
		method = body === undefined ? 'GET' : 'POST'
	) => send< T >( method, `${ url }/_sandbox/${ path }`, body );
	const log = ( since: number ) =>
		control< { last: number; requests: LoggedRequest[] } >(
			`requests?since=${ since }`
		);
	return {
		url,
		accounts,
		control,
		account: ( code ) =>
			accounts.find( ( { account } ) => account === code )!,
		state: ( code ) => control( `state?account=${ code }` ),
		async fault( fault ) {
			await control( 'faults', fault );
		},
		async clearFaults() {
			await control( 'faults', [] );
		},
		async switches( change ) {
			await control( 'switches', change );
		},
		async requests( since = 0 ) {
			return ( await log( since ) ).requests;
		},
		async lastRequest() {
			return ( await log( 0 ) ).last;
		},
		api( code, method, path, body ) {
			const { privateApp } = accounts.find(
				( { account } ) => account === code
			)!;
			return fetch( `${ url }/public-api/${ code }${ path }`, {
				method,
				headers: {
					'content-type': 'application/json',
					'brightpearl-app-ref': privateApp.appRef,
					'brightpearl-staff-token': privateApp.staffToken,
				},
				...( body === undefined
					? {}
					: { body: JSON.stringify( body ) } ),
			} );
		},
	};
}
