-- Orders of the days that were in Brightpearl already; null = begun before they were counted.
alter table backfills add column there integer;
