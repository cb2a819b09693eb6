/**
 * One outgoing request of a sandbox: exactly these headers, no redirect followed, the answer's
 * body thrown away.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface CallOut {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly< Record< string, string > >;
	/** Null = none. */
	readonly body: Buffer | null;
	/** Milliseconds. */
	readonly timeout: number;
	readonly signal: AbortSignal;
}

/** The receiver's status, or null when nobody answered in time. */
export function callOut( call: CallOut ): Promise< number | null > {
	const { method, url, headers, body, timeout, signal } = call;
	return new Promise( ( resolve ) => {
		try {
			const send = url.startsWith( 'https:' )
				? httpsRequest
				: httpRequest;
			const request = send(
				url,
				{
					method,
					agent: false,
					signal,
					headers: {
						...headers,
						Connection: 'close',
						...( body === null
							? {}
							: { 'Content-Length': body.length } ),
					},
				},
				( response ) => {
					response.resume();
					response.on( 'error', () => resolve( null ) );
					response.on( 'close', () =>
						resolve( response.statusCode ?? null )
					);
				}
			);
			request.setTimeout( timeout, () => request.destroy() );
			request.on( 'error', () => resolve( null ) );
			request.end( body ?? undefined );
		} catch {
			// A URL that node refuses (port out of range, …) is a failed delivery.
			resolve( null );
		}
	} );
}
