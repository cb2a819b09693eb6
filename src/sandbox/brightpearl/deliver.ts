/**
 * The last step of an exchange: an answer, or what a fault leaves of it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../contracts/world.ts';
import { send } from '../http-kit.ts';
import type { Api } from './api.ts';
import type { Fault } from './faults.ts';
import type { Sandbox } from './sandbox.ts';

export const JSON_TYPE = 'application/json;charset=UTF-8';

export interface Exchange {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly url: URL;
	readonly method: string;
	readonly body: string;
}

export interface Outgoing {
	readonly status: number;
	readonly headers: Readonly< Record< string, string > >;
	readonly body: string;
}

export interface ServerParts {
	readonly sandbox: Sandbox;
	readonly api: Api;
	readonly clock: Clock;
	/** Known once the port is. */
	readonly apiDomain: () => string;
	/** Ends the waiting of slow answers. */
	readonly closing: AbortSignal;
}

/** Nothing arrives at the caller. */
export const isLost = ( fault: Fault | null ): boolean =>
	fault?.kind === 'lost-answer' || fault?.kind === 'lost-request';

/** Delivers an answer, or what a fault leaves of it. Status 0 = nothing arrived. */
export async function deliver(
	{ clock, closing }: ServerParts,
	response: ServerResponse,
	outgoing: Outgoing,
	fault: Fault | null
): Promise< number > {
	if ( isLost( fault ) ) {
		response.destroy();
		return 0;
	}
	if ( fault?.kind === 'slow' ) {
		await clock.sleep( fault.ms, closing );
	}
	if ( fault?.kind === 'cut' ) {
		const bytes = Buffer.from( outgoing.body );
		response.writeHead( outgoing.status, {
			...outgoing.headers,
			'content-length': String( bytes.length ),
		} );
		// Ended only after the first half has left, so that it arrives.
		await new Promise< void >( ( resolve ) =>
			response.write( bytes.subarray( 0, bytes.length >> 1 ), () =>
				resolve()
			)
		);
		response.destroy();
		return outgoing.status;
	}
	send( response, outgoing.status, outgoing.headers, outgoing.body );
	return outgoing.status;
}
