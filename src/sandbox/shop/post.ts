/**
 * One outgoing POST as WooCommerce sends it: exactly these headers, no redirect followed,
 * the answer's body thrown away.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** The receiver's status, or null when nobody answered in time. */
export function post(
	url: string,
	headers: Readonly< Record< string, string > >,
	body: Buffer,
	timeout: number,
	signal: AbortSignal
): Promise< number | null > {
	return new Promise( ( resolve ) => {
		try {
			const send = url.startsWith( 'https:' )
				? httpsRequest
				: httpRequest;
			const request = send(
				url,
				{
					method: 'POST',
					agent: false,
					signal,
					headers: {
						...headers,
						Connection: 'close',
						'Content-Length': body.length,
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
			request.end( body );
		} catch {
			// A URL that node refuses (port out of range, …) is a failed delivery.
			resolve( null );
		}
	} );
}
