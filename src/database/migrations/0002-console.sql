-- What the console and the plugin need. Hashes are SHA-256 in hex; expiries milliseconds since the epoch.

create table facts (
	name text primary key,
	value text not null
);

-- The connection's revision when its settings changed last.
alter table connections add column settings_revision integer not null default 0;
update connections set settings_revision = revision;

create table settings_changes (
	id integer primary key autoincrement,
	connection text not null,
	at text not null,
	saved_by text not null,
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

-- What lists search by; it lay in the document before.
alter table order_links add column number text;
-- pushed_at as a number, for what is counted by time; null = never pushed
alter table order_links add column pushed_time integer;
update order_links set
	number = json_extract(doc, '$.number'),
	pushed_time = cast(round(unixepoch(pushed_at, 'subsec') * 1000) as integer);
-- A search is answered from the index it walks, by number or by time: a short prefix matches
-- most of the table.
create index order_links_by_number on order_links (connection, number, placed_at, order_id, state);
drop index order_links_by_placed;
create index order_links_by_placed on order_links (connection, placed_at, order_id, number);
drop index order_links_by_state;
create index order_links_by_state on order_links (connection, state, placed_at, order_id, number);
create index order_links_by_sales_order on order_links (connection, sales_order_id)
	where sales_order_id is not null;
create index order_links_by_pushed on order_links (connection, pushed_time, placed_at)
	where pushed_time is not null;

-- The run without its changes and errors, which may be thousands.
alter table stock_runs add column summary text not null default '{}';
alter table stock_runs add column changed integer not null default 0;
alter table stock_runs add column failed integer not null default 0;
update stock_runs set
	summary = json_set(json_remove(doc, '$.changes'), '$.errors', json_array_length(doc, '$.errors')),
	changed = json_extract(doc, '$.skus.changed'),
	failed = json_extract(doc, '$.skus.failed');
-- With the summary, because to read it from the row is to read past the document.
drop index stock_runs_by_connection;
create index stock_runs_by_connection on stock_runs (connection, id, dry_run, summary);
create index stock_runs_by_start on stock_runs (connection, started_at, changed, failed)
	where dry_run = 0;
