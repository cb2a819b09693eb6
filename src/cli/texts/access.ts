/** login and pair: what opens a door, once and for ten minutes. */
import type { OperationOutput } from '../../contracts/operations.ts';
import { sections } from '../text.ts';

export function loginText( {
	url,
	expiresAt,
}: OperationOutput< 'login' > ): string {
	return sections(
		`Open this in a browser; it works once, until ${ expiresAt }:`,
		`  ${ url }`
	);
}

export function pairText( {
	code,
	expiresAt,
	connection,
}: OperationOutput< 'pair' > ): string {
	return sections(
		`The pairing code; it works once, until ${ expiresAt }:`,
		`  ${ code }`,
		`In the shop, open WooCommerce → Pearlbridge and give it this code and the address of this service.\n${
			connection === null
				? 'The pairing makes a new connection, named after the shop; for one that exists add --connection NAME.'
				: `It pairs the connection ${ connection }.`
		}`
	);
}
