/**
 * The plugin’s side of a connection, and the sessions of the console.
 */
import type { ConnectionRecord } from '../connection.ts';

/** The plugin's side of a connection: which site, and its keys. */
export interface Pairing {
	readonly connection: string;
	readonly siteId: string;
	/** `scheme://host[:port][/path]` of the site's home. */
	readonly storeUrl: string;
	/** Versions the plugin told last. */
	readonly pluginVersion: string;
	readonly wpVersion: string;
	readonly wcVersion: string | null;
	/** WooCommerce's id of the key it gave us, and of its webhooks; null = not told. */
	readonly wooKeyId: number | null;
	readonly webhookIds: readonly number[];
	readonly since: string;
}

export interface PairingKey {
	readonly keyId: string;
	readonly connection: string;
	/** 32 bytes; sealed on disk. */
	readonly secret: Uint8Array;
	readonly slot: 'current' | 'next' | 'previous';
	readonly createdAt: string;
	readonly lastUsedAt: string | null;
	/** Milliseconds since the epoch; null = until it is rotated. */
	readonly expiresAt: number | null;
}

/**
 * A pairing code, kept only as the two keys derived from it (pairing design, C3.2–3). It has no
 * count of wrong proofs: they name no code, so any stranger could use up the tries of all.
 */
export interface PairingCode {
	readonly id: number;
	/** Null = the pairing makes a connection. */
	readonly connection: string | null;
	readonly proofKey: Uint8Array;
	readonly sealKey: Uint8Array;
	/** Milliseconds since the epoch. */
	readonly expiresAt: number;
}

export interface Pairings {
	find( connection: string ): Promise< Pairing | null >;
	findBySite( siteId: string ): Promise< Pairing | null >;
	list(): Promise< Pairing[] >;
	save( pairing: Pairing ): Promise< void >;
	/** With all its keys. */
	remove( connection: string ): Promise< boolean >;
	/** Expired ones are none. */
	key( keyId: string ): Promise< PairingKey | null >;
	keys( connection: string ): Promise< PairingKey[] >;
	/** Replaces the connection's key in that slot. */
	putKey( key: Omit< PairingKey, 'lastUsedAt' > ): Promise< void >;
	/**
	 * `next` becomes `current`, `current` becomes `previous` until `previousUntil`, in one
	 * transaction; false when that key is not `next` (any more).
	 */
	promote( keyId: string, previousUntil: number ): Promise< boolean >;
	/** At most one write a minute for each key. */
	used( keyId: string ): Promise< void >;
	/** False when the key has used this nonce before: a replay. Kept until `expiresAt`. */
	takeNonce(
		keyId: string,
		nonce: string,
		expiresAt: number
	): Promise< boolean >;

	/** Expired ones are none. A new code for the same connection replaces the old. */
	openCodes(): Promise< PairingCode[] >;
	addCode( code: Omit< PairingCode, 'id' > ): Promise< number >;
	/**
	 * What a code is good for, once and in one transaction: burns it, makes the connection where
	 * there is none yet, and puts this pairing with this key in the place of the one before and
	 * all its keys. False, and nothing done, when the code is not open any more.
	 */
	grant(
		codeId: number,
		made: {
			readonly begun: ConnectionRecord | null;
			readonly pairing: Pairing;
			readonly key: Omit< PairingKey, 'lastUsedAt' >;
		}
	): Promise< boolean >;

	/** Single-use states of wc-auth; only their SHA-256 is kept. */
	addAuthorization( entry: {
		readonly stateHash: string;
		readonly connection: string;
		readonly expiresAt: number;
	} ): Promise< void >;
	/** The connection it was made for, once. */
	takeAuthorization( stateHash: string ): Promise< string | null >;
}

/** Console sessions; tokens are kept as their SHA-256 (hex) only. */
export interface Sessions {
	addLogin( tokenHash: string, expiresAt: number ): Promise< void >;
	/** True for the one caller that uses it in time. */
	takeLogin( tokenHash: string ): Promise< boolean >;
	add( session: {
		readonly tokenHash: string;
		readonly csrfHash: string;
		readonly expiresAt: number;
	} ): Promise< void >;
	/** Null when unknown or expired. */
	find( tokenHash: string ): Promise< {
		readonly csrfHash: string;
		readonly expiresAt: number;
	} | null >;
	/** Prolongs it, when it still is. */
	extend( tokenHash: string, expiresAt: number ): Promise< void >;
	remove( tokenHash: string ): Promise< void >;
}
