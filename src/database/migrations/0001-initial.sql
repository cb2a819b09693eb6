-- Times are milliseconds since the epoch where they are compared, ISO-8601 text where they are
-- only shown. Booleans are 0 and 1. Documents are JSON, checked with zod when they are read.

-- Numbers that only ever rise. A lease's token outlives the lease's row, so that a process
-- paused since an earlier claim never holds the newest one again.
create table counters (
	name text primary key,
	value integer not null
);
insert into counters (name, value) values ('lease', 0), ('revision', 0), ('generation', 0);

-- The right to work on something: `task:{key}` or `lock:{name}`. No row = free.
create table leases (
	name text primary key,
	token integer not null,
	owner text not null,
	expires_at integer not null
);

create table tasks (
	id integer primary key autoincrement,
	key text not null unique,
	kind text not null,
	connection text not null,
	state text not null check (state in ('waiting', 'running', 'parked')),
	priority integer not null,
	due_at integer not null,
	-- 1 = waits for its backoff, which an event does not shorten
	backoff integer not null,
	-- tries begun
	attempts integer not null,
	payload text not null,
	message text,
	-- What came while it ran: it runs once more. mark_due_at null = nothing came.
	mark_due_at integer,
	mark_priority integer,
	mark_payload text,
	mark_urgent integer not null
);
create index tasks_by_urgency on tasks (state, priority, due_at, id);
create index tasks_by_due on tasks (state, due_at);
create index tasks_by_connection on tasks (connection, state);

create table schedules (
	name text primary key,
	every integer not null,
	last_at integer,
	next_at integer not null
);
create index schedules_by_next on schedules (next_at);

create table connections (
	name text primary key,
	account text not null,
	-- the connection file; its text secrets are sealed one by one
	doc text not null,
	revision integer not null,
	pushed_once integer not null,
	created_at text not null,
	updated_at text not null
);

create table tokens (
	connection text primary key references connections (name) on delete cascade,
	sealed text not null
);

create table order_links (
	connection text not null,
	order_id integer not null,
	state text not null,
	store_status text,
	-- -1 = not known yet
	placed_at integer not null,
	gone text,
	-- 1 = a line the shop took off its stock
	has_stock integer not null,
	-- 1 = all stock of the order has left the building
	shipped integer not null,
	sales_order_id integer,
	pushed_at text,
	updated_at text not null,
	doc text not null,
	primary key (connection, order_id)
);
create index order_links_by_placed on order_links (connection, placed_at, order_id);
create index order_links_by_state on order_links (connection, state, placed_at, order_id);
create index order_links_with_stock on order_links (connection, order_id)
	where has_stock = 1 and shipped = 0 and gone is null;

create table journal (
	id integer primary key autoincrement,
	connection text not null,
	subject text not null,
	step text not null,
	outcome text not null,
	at text not null,
	ref text,
	message text,
	ruid text
);
create index journal_by_subject on journal (connection, subject, id);

create table problems (
	id integer primary key autoincrement,
	connection text not null,
	subject text not null,
	code text not null,
	message text not null,
	cause text,
	fix text,
	field text,
	since text not null,
	retryable integer not null,
	unique (connection, subject, code)
);

create table cache (
	scope text not null,
	key text not null,
	value text not null,
	-- null = never
	expires_at integer,
	primary key (scope, key)
);

-- Which generation of an account's products readers see, and which one is being filled.
create table catalogues (
	account text primary key,
	current integer,
	building integer
);

create table products (
	account text not null,
	generation integer not null,
	product_id integer not null,
	sku text not null,
	stock_tracked integer not null,
	status text,
	primary key (account, generation, product_id)
);
create index products_by_sku on products (account, generation, sku);

create table stock_runs (
	id integer primary key autoincrement,
	connection text not null,
	dry_run integer not null,
	started_at text not null,
	finished_at text,
	state text not null,
	doc text not null
);
create index stock_runs_by_connection on stock_runs (connection, id);

-- The newest figure we wrote to the store, per SKU.
create table stock_writes (
	connection text not null,
	sku text not null,
	value integer not null,
	at text not null,
	run_id integer not null,
	primary key (connection, sku)
);

create table backfills (
	id integer primary key autoincrement,
	connection text not null,
	state text not null,
	started_at text not null
);
create index backfills_by_connection on backfills (connection, state);

create table backfill_orders (
	backfill_id integer not null references backfills (id) on delete cascade,
	order_id integer not null,
	primary key (backfill_id, order_id)
);

create table cursors (
	connection text not null,
	name text not null,
	cursor text,
	at text not null,
	primary key (connection, name)
);
