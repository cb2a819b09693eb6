/** The tables as Kysely sees them; what they mean is said in the migrations. */
import type { Generated, Kysely } from 'kysely';

/** 0 or 1: the one form of a boolean that both engines store alike. */
export type Flag = 0 | 1;

export interface Tables {
	counters: { name: string; value: number };
	leases: { name: string; token: number; owner: string; expires_at: number };
	tasks: { id: Generated< number >; key: string; connection: string };
	schedules: { name: string };
	connections: {
		name: string;
		account: string;
		doc: string;
		revision: number;
		settings_revision: number;
		pushed_once: Flag;
		created_at: string;
		updated_at: string;
	};
	tokens: { connection: string; sealed: string };
	settings_changes: {
		id: Generated< number >;
		connection: string;
		at: string;
		saved_by: string;
		changes: string;
	};
	facts: { name: string; value: string };
	pairings: {
		connection: string;
		site_id: string;
		store_url: string;
		plugin_version: string;
		wp_version: string;
		wc_version: string | null;
		woo_key_id: number | null;
		webhook_ids: string;
		since: string;
	};
	pairing_keys: {
		key_id: string;
		connection: string;
		slot: 'current' | 'next' | 'previous';
		sealed: string;
		created_at: string;
		last_used_at: string | null;
		expires_at: number | null;
	};
	pairing_codes: {
		id: Generated< number >;
		connection: string | null;
		sealed_proof_key: string;
		sealed_seal_key: string;
		expires_at: number;
	};
	nonces: { key_id: string; nonce: string; expires_at: number };
	store_authorizations: {
		state_hash: string;
		connection: string;
		expires_at: number;
	};
	logins: { token_hash: string; expires_at: number };
	sessions: { token_hash: string; csrf_hash: string; expires_at: number };
	order_links: {
		connection: string;
		order_id: number;
		number: string | null;
		state: string;
		store_status: string | null;
		placed_at: number;
		gone: string | null;
		has_stock: Flag;
		shipped: Flag;
		sales_order_id: number | null;
		customer_key: string | null;
		pushed_at: string | null;
		pushed_time: number | null;
		updated_at: string;
		doc: string;
	};
	journal: {
		id: Generated< number >;
		connection: string;
		subject: string;
		step: string;
		outcome: string;
		at: string;
		ref: string | null;
		message: string | null;
		ruid: string | null;
	};
	problems: {
		id: Generated< number >;
		connection: string;
		subject: string;
		code: string;
		message: string;
		cause: string | null;
		fix: string | null;
		field: string | null;
		since: string;
		retryable: Flag;
	};
	cache: {
		scope: string;
		key: string;
		value: string;
		expires_at: number | null;
	};
	catalogues: {
		account: string;
		current: number | null;
		building: number | null;
	};
	products: {
		account: string;
		generation: number;
		product_id: number;
		sku: string;
		stock_tracked: Flag;
		status: string | null;
	};
	stock_runs: {
		id: Generated< number >;
		connection: string;
		dry_run: Flag;
		started_at: string;
		finished_at: string | null;
		state: string;
		doc: string;
		summary: string;
		changed: number;
		failed: number;
	};
	stock_writes: {
		connection: string;
		sku: string;
		value: number;
		at: string;
		run_id: number;
	};
	backfills: {
		id: Generated< number >;
		connection: string;
		state: string;
		started_at: string;
		from_day: string | null;
		to_day: string | null;
		there: number | null;
	};
	backfill_orders: { backfill_id: number; order_id: number };
	sku_aliases: { connection: string; sku: string; alias: string };
	cursors: {
		connection: string;
		name: string;
		cursor: string | null;
		at: string;
	};
	contacts: {
		account: string;
		contact_id: number;
		email_key: string | null;
	};
	bundles: { account: string; product_id: number; components: string };
	api_drift: {
		account: string;
		endpoint: string;
		kind: string;
		field: string;
		times: number;
		first_at: string;
		last_at: string;
		ruid: string | null;
	};
	consents: {
		state_hash: string;
		connection: string;
		redirect_uri: string;
		expires_at: number;
	};
}

export type Sql = Kysely< Tables >;

export const flag = ( value: boolean ): Flag => ( value ? 1 : 0 );

/** The account of a connection whose Brightpearl side is still to be filled in. */
export const NO_ACCOUNT = '';

/** The next number of a counter; call it inside the transaction that uses it. */
export async function nextNumber(
	sql: Sql,
	name: 'revision' | 'generation'
): Promise< number > {
	const { value } = await sql
		.updateTable( 'counters' )
		.set( ( { eb } ) => ( { value: eb( 'value', '+', 1 ) } ) )
		.where( 'name', '=', name )
		.returning( 'value' )
		.executeTakeFirstOrThrow();
	return value;
}

/** Lists of ids go in pieces: an engine limits the number of parameters. */
export function chunks< T >( list: readonly T[], size = 500 ): T[][] {
	const pieces: T[][] = [];
	for ( let start = 0; start < list.length; start += size ) {
		pieces.push( list.slice( start, start + size ) );
	}
	return pieces;
}

export const isoNow = ( clock: { now(): number } ): string =>
	new Date( clock.now() ).toISOString();
