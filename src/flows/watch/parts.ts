/** What watching a connection needs beside the connection itself. */
import type { SecretReader } from '../../contracts/database.ts';
import type { ConnectionsRegistry } from '../connections.ts';

export interface WatchParts {
	readonly connections: Pick< ConnectionsRegistry, 'stored' >;
	readonly readSecret: SecretReader;
	/** Where the service listens and how it is reached; null = no service runs, or it has none. */
	readonly service: () => {
		readonly publicUrl: string | null;
		readonly running: {
			readonly url: string;
			readonly startedAt: string;
		} | null;
	};
	/** After a connection changed. */
	readonly changed: () => Promise< void >;
}
