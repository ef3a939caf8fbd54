-- Facilities beyond their documents: who speaks for them, when they were last heard of, how their clients enrol; policies of accounts.
alter table accounts add column routing jsonb;
alter table accounts add column retention_days integer not null default 90 check (retention_days between 1 and 3650);

create table facility_enrolments (
  -- Of the part of the code that is secret; the code itself is kept nowhere.
  code_sha256 text primary key,
  facility_id text not null,
  -- Of the client, where the operator gave it one.
  name text,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Who used it, and what it was given, sealed to its key: the same client may ask again when the answer was lost.
  client_id text,
  public_key text,
  sealed jsonb,
  -- Whoever makes the credentials does so alone until then.
  leased_until timestamptz
);

create table facility_clients (
  facility_id text not null,
  client_id text not null,
  name text not null,
  public_key text not null,
  -- As the queue service names who sent a message: a status is believed for this facility only.
  principal_id text not null unique,
  access_key_id text not null,
  -- The next one, sealed to the client, until the client was heard to use it.
  next_access_key_id text,
  next_sealed jsonb,
  next_put_at timestamptz,
  enrolled_at timestamptz not null,
  rotated_at timestamptz,
  revoked_at timestamptz,
  -- Keys that no longer count are taken away until this is said.
  keys_settled boolean not null default true,
  -- Whoever changes its keys does so alone until then.
  leased_until timestamptz,
  primary key (facility_id, client_id)
);

create table facility_heartbeats (
  facility_id text not null,
  client_id text not null,
  heard_at timestamptz not null,
  doc jsonb not null,
  primary key (facility_id, client_id)
);

-- That a facility is silent, or leaves its jobs lying, is told once, whichever worker notices, and that it is over as well.
create table facility_alarms (
  facility_id text not null,
  kind text not null check (kind in ('silent', 'queue_old', 'jobs_stuck')),
  since timestamptz not null,
  told_at timestamptz not null,
  primary key (facility_id, kind)
);
-- On-time and reprint figures of the last 90 days, counted every hour.
create table facility_figures (
  facility_id text not null,
  is_test boolean not null,
  counted_at timestamptz not null,
  doc jsonb not null,
  primary key (facility_id, is_test)
);
-- When whoever has it last said something new of it.
alter table tickets add column heard_at timestamptz;
create index tickets_of_facilities on tickets (queue, created_at) where kind = 'production' and answered_at is null;

-- File expiry. From which end of the order the days are counted, until when its files stay, since when they are gone for everyone, and when
-- the last of them was given to the store's lifecycle.
alter table orders
  add column files_counted_from text,
  add column files_expire_at timestamptz,
  add column files_gone_at timestamptz,
  add column files_cleared_at timestamptz;
create index orders_files_to_count on orders (id)
  where stage in ('shipped', 'delivered', 'cancelled', 'rejected') and files_counted_from is distinct from stage;
create index orders_files_due on orders (files_expire_at) where files_gone_at is null and files_expire_at is not null;
create index orders_files_to_clear on orders (files_gone_at) where files_cleared_at is null and files_gone_at is not null;

-- Which uploaded files an item and a publication name: a file stays as long as one of them needs it. As columns, so that an update that names
-- the same files touches no index.
alter table order_items add column file_ids jsonb generated always as (
  jsonb_path_query_array(doc->'files', 'strict $.** ? (@.type() == "string" && @ starts with "fil_")', '{}', true)) stored;
create index order_items_of_file on order_items using gin (file_ids jsonb_path_ops);
alter table publication_versions add column file_ids jsonb generated always as (
  jsonb_path_query_array(fields, 'strict $.** ? (@.type() == "string" && @ starts with "fil_")', '{}', true)) stored;
create index publication_versions_of_file on publication_versions using gin (file_ids jsonb_path_ops);
-- Gone: no new order, preflight or publication may name it.
alter table files add column expired_at timestamptz;

-- Jobs that wait for a print client: few, and looked through for those that nobody takes.
create index order_items_queued on order_items (order_id, id) where status = 'queued';

-- Parcels that were lost and of which nobody has settled yet whether they are printed again.
create index order_items_lost on order_items (order_id, id)
  where jsonb_path_exists(doc, '$.lost[*] ? (!exists(@.settledAt))');

-- What facilities have to make: as small as what is open, however many orders there ever were.
create index order_items_open on order_items ((doc->>'facilityId'))
  where status in ('ready', 'queued', 'accepted', 'printing');
