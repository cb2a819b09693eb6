-- What the Brightpearl client keeps: budgets, caches, drift, consents. Expiries are milliseconds since the epoch.

create table budgets (
	pool text primary key,
	state text not null
) without rowid;

-- E-mails as digests: these tables need not hold people's data to compare it.
create table contacts (
	account text not null,
	contact_id integer not null,
	email_key text,
	primary key (account, contact_id)
) without rowid;
create index contacts_by_email on contacts (account, email_key);

-- One row per bundle read; a product that is none has an empty list.
create table bundles (
	account text not null,
	product_id integer not null,
	components text not null,
	primary key (account, product_id)
) without rowid;

create table api_drift (
	account text not null,
	endpoint text not null,
	kind text not null,
	field text not null,
	times integer not null,
	first_at text not null,
	last_at text not null,
	ruid text,
	primary key (account, endpoint, kind, field)
) without rowid;

-- Single-use states of Brightpearl's consent; SHA-256 in hex.
create table consents (
	state_hash text primary key,
	connection text not null,
	redirect_uri text not null,
	expires_at integer not null
) without rowid;
