/**
 * One outgoing POST as WooCommerce sends it.
 */
import { callOut } from '../call-out.ts';

/** The receiver's status, or null when nobody answered in time. */
export const post = (
	url: string,
	headers: Readonly< Record< string, string > >,
	body: Buffer,
	timeout: number,
	signal: AbortSignal
): Promise< number | null > =>
	callOut( { method: 'POST', url, headers, body, timeout, signal } );
