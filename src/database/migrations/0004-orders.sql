-- What orders in full need. A link's own new facts lie in its document.

-- A customer's orders are found by the digest of the e-mail.
alter table order_links add column customer_key text;
create index order_links_by_customer on order_links (connection, customer_key, placed_at, order_id)
	where customer_key is not null;

-- Orders with a problem of one kind are found by their subjects.
create index problems_by_code on problems (connection, code, subject);

-- Days in the shop's zone; null = begun before they were kept.
alter table backfills add column from_day text;
alter table backfills add column to_day text;

-- The shop's SKU and the SKU that Brightpearl has for it.
create table sku_aliases (
	connection text not null,
	sku text not null,
	alias text not null,
	primary key (connection, sku)
) without rowid;
create index sku_aliases_by_alias on sku_aliases (connection, alias);
