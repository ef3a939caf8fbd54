-- Accounts, keys, files, orders and everything that hangs on them. Account comes first in every key: no query can forget it.
create table accounts (
  id text primary key,
  name text not null,
  created_at timestamptz not null
);

create table api_keys (
  sha256 text primary key,
  account_id text not null references accounts (id),
  kind text not null check (kind in ('secret', 'publishable')),
  is_test boolean not null,
  last_four text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

create table facilities (
  id text primary key,
  doc jsonb not null
);

create table files (
  account_id text not null references accounts (id),
  id text not null,
  filename text not null,
  content_type text not null,
  size_bytes bigint not null,
  sha256 text,
  created_at timestamptz not null,
  uploaded_at timestamptz,
  primary key (account_id, id)
);

create table orders (
  account_id text not null references accounts (id),
  id text not null,
  version integer not null,
  event_count integer not null,
  stage text not null,
  payment text not null check (payment in ('unpaid', 'authorised', 'paid', 'refunded', 'partially_refunded', 'waived')),
  is_test boolean not null,
  is_held boolean not null,
  doc jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  unique (id)
);

create table order_items (
  account_id text not null,
  order_id text not null,
  id text not null,
  position integer not null,
  status text not null,
  doc jsonb not null,
  primary key (account_id, order_id, id),
  foreign key (account_id, order_id) references orders (account_id, id)
);

create table order_issues (
  account_id text not null,
  order_id text not null,
  item_id text not null,
  sequence integer not null,
  doc jsonb not null,
  primary key (account_id, order_id, item_id, sequence)
);

-- One row a parcel; rows are only ever added, so that a second parcel cannot erase the first.
create table shipments (
  account_id text not null,
  order_id text not null,
  id text not null,
  doc jsonb not null,
  primary key (account_id, order_id, id)
);

create table events (
  account_id text not null,
  order_id text not null,
  sequence integer not null,
  id text not null unique,
  type text not null,
  at timestamptz not null,
  -- What caused it (a status id, a ticket and its outcome): the same cause twice changes nothing.
  cause text,
  data jsonb not null,
  primary key (account_id, order_id, sequence)
);
create unique index events_cause on events (account_id, order_id, cause) where cause is not null;

-- A ticket is work asked of someone else. The row is the truth, the message on the queue is only a doorbell:
-- it is rung again at ring_at until the row is answered.
create table tickets (
  id text primary key,
  account_id text not null,
  order_id text not null,
  item_id text not null,
  kind text not null check (kind in ('process', 'production')),
  -- Who reads the queue: 'process', or a facility id.
  queue text not null,
  body jsonb not null,
  created_at timestamptz not null,
  ring_at timestamptz not null,
  rings integer not null,
  answered_at timestamptz
);
create index tickets_due on tickets (ring_at) where answered_at is null;
create index tickets_of_order on tickets (account_id, order_id);

create table idempotency_keys (
  account_id text not null,
  key text not null,
  request_sha256 text not null,
  order_id text not null,
  status integer not null,
  body text not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);
