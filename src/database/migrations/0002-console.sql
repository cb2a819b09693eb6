-- What the console and the plugin need. Hashes are SHA-256 in hex; expiries milliseconds since the epoch.

create table facts (
	name text primary key,
	value text not null
);

alter table connections add column settings_revision integer not null default 0;

create table settings_changes (
	id integer primary key autoincrement,
	connection text not null,
	at text not null,
	by text not null,
	changes text not null
);
create index settings_changes_by_connection on settings_changes (connection, id);

create table pairings (
	connection text primary key,
	site_id text not null unique,
	store_url text not null,
	plugin_version text not null,
	wp_version text not null,
	wc_version text,
	woo_key_id integer,
	webhook_ids text not null,
	since text not null
);

create table pairing_keys (
	key_id text primary key,
	connection text not null references pairings (connection) on delete cascade,
	slot text not null check (slot in ('current', 'next', 'previous')),
	sealed text not null,
	created_at text not null,
	last_used_at text,
	expires_at integer,
	unique (connection, slot)
);

create table pairing_codes (
	id integer primary key autoincrement,
	connection text,
	sealed_proof_key text not null,
	sealed_seal_key text not null,
	tries_left integer not null,
	expires_at integer not null
);

-- A signature is good once: the unique key is what refuses a replay, also across processes.
create table nonces (
	key_id text not null,
	nonce text not null,
	expires_at integer not null,
	primary key (key_id, nonce)
) without rowid;
create index nonces_by_expiry on nonces (expires_at);

create table store_authorizations (
	state_hash text primary key,
	connection text not null,
	expires_at integer not null
);

create table logins (
	token_hash text primary key,
	expires_at integer not null
);

create table sessions (
	token_hash text primary key,
	csrf_hash text not null,
	expires_at integer not null
);

-- Null in old rows until the order is read again.
alter table order_links add column number text;
update order_links set number = json_extract(doc, '$.number');
create index order_links_by_number on order_links (connection, number);
create index order_links_by_sales_order on order_links (connection, sales_order_id);
create index order_links_by_pushed on order_links (pushed_at, connection);
create index stock_runs_by_start on stock_runs (started_at, connection);
