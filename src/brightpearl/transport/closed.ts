/** What those are told who wait for company, or come, after a connection's client was closed. */
import { retry } from '../../contracts/result.ts';

export const closed = () =>
	retry(
		'brightpearl',
		'busy',
		'This connection is closed just now; it goes on when it is open again.'
	);
