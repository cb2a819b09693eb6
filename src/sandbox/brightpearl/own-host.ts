/**
 * Whether a request for the sandbox's own pages comes from this machine and from one of them.
 */
import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;

/** A page of another site can neither read nor change anything here (DNS rebinding, forged posts). */
export function isOurs( { headers }: IncomingMessage ): boolean {
	const { host = '', origin } = headers;
	return (
		LOOPBACK.test( host ) &&
		( origin === undefined || origin === `http://${ host }` )
	);
}
