/**
 * Connections as they are kept, with their settings and tokens.
 */
import type { SettingsChange } from '../answers.ts';
import type { ConnectionFile, ConnectionRecord } from '../connection.ts';
import type { Settings } from '../settings.ts';

/**
 * A connection as it is kept. Secrets inside are plain text or pointers only in memory; on
 * disk the text ones are sealed (AES-256-GCM, additional data = connection and field).
 */
export interface StoredConnection {
	readonly record: ConnectionRecord;
	/** Null while something is still to be filled in: then nothing of it can work. */
	readonly file: ConnectionFile | null;
	/** Rises with every change; clients built from an older one are rebuilt. */
	readonly revision: number;
	/** Of the settings alone; see `SettingsState`. */
	readonly settingsRevision: number;
	/** Once an order was pushed the reference prefix is fixed. */
	readonly pushedOnce: boolean;
	readonly createdAt: string;
	readonly updatedAt: string;
}

/** What OAuth told us, kept apart from the file so that a refresh does not touch it. */
export interface StoredToken {
	readonly accessToken: string;
	readonly refreshToken: string;
	readonly expiresAt: string;
	readonly tokenType: string;
	readonly apiDomain: string | null;
	readonly installationInstanceId: number | null;
	/** SHA-256 of the client id and secret it was got with; null for a client without a secret. */
	readonly provenBy?: string | null | undefined;
}

export interface Connections {
	list(): Promise< StoredConnection[] >;
	find( name: string ): Promise< StoredConnection | null >;
	/** Inserts or replaces; the ledger, links and cursors stay. */
	put( record: ConnectionRecord ): Promise< StoredConnection >;
	/** The same for one that exists; null and nothing done when it was removed meanwhile. */
	replace( record: ConnectionRecord ): Promise< StoredConnection | null >;
	/**
	 * With a line in the history, in one transaction. Null when `expected` is not the settings'
	 * revision any more: somebody else changed them meanwhile.
	 */
	saveSettings(
		name: string,
		settings: Settings,
		log: {
			readonly by: string;
			readonly changes: SettingsChange[ 'changes' ];
			readonly expected?: number;
		}
	): Promise< StoredConnection | null >;
	/** Newest first. */
	settingsHistory( name: string, limit: number ): Promise< SettingsChange[] >;
	/** Removes the connection with its ledger, problems, tasks and cursors. */
	remove( name: string ): Promise< boolean >;
	markPushed( name: string ): Promise< void >;
	token( name: string ): Promise< StoredToken | null >;
	saveToken( name: string, token: StoredToken | null ): Promise< void >;
}
