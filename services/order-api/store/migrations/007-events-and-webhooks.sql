-- Every event has its place in its account's log (one for live, one for test), given by the sequencer after the fact: an account's
-- orders do not queue behind one row. Also what is about no order is an event.
alter table events drop constraint events_pkey;
alter table events
  alter column order_id drop not null,
  alter column sequence drop not null,
  add column is_test boolean,
  -- The order in which rows were written; of one order, the order in which it changed.
  add column ordinal bigint generated always as identity,
  -- Null until the sequencer came by.
  add column account_sequence bigint,
  add constraint events_of_order check ((order_id is null) = (sequence is null));
update events e set is_test = o.is_test from orders o where o.account_id = e.account_id and o.id = e.order_id;
alter table events
  alter column is_test set not null,
  add primary key (account_id, id),
  drop constraint events_id_key;
create unique index events_in_order on events (account_id, order_id, sequence) where order_id is not null;
create unique index events_in_account on events (account_id, is_test, account_sequence) where account_sequence is not null;
create index events_unnumbered on events (ordinal) where account_sequence is null;

-- Whose turn it is to number: whoever moves the turn on from the one that it has seen. One row.
create table event_sequencer (
  is_only boolean primary key default true check (is_only),
  turn bigint not null
);
insert into event_sequencer (turn) values (0);

create table webhooks (
  account_id text not null references accounts (id),
  is_test boolean not null,
  id text not null,
  -- The unique slots bound how many there can be, whoever comes at the same time.
  slot integer not null check (slot between 1 and 20),
  url text not null,
  event_types jsonb not null,
  description text not null,
  enabled boolean not null,
  disabled_reason text check (disabled_reason in ('asked', 'gone', 'failing')),
  failing_since timestamptz,
  -- Sealed, newest first; the older ones sign until their time.
  secrets jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, is_test, id),
  constraint webhooks_slot unique (account_id, is_test, slot),
  check (enabled = (disabled_reason is null))
);

-- One event on its way to one endpoint. The row is the outbox: whoever takes it sends it, and whoever dies with it in hand
-- leaves it to be taken again when next_at comes.
create table webhook_deliveries (
  account_id text not null,
  is_test boolean not null,
  webhook_id text not null,
  id text not null,
  event_id text not null,
  -- Of the event in its account.
  sequence bigint not null,
  state text not null check (state in ('pending', 'delivered', 'failed')),
  -- Attempts since it was begun or begun anew: the place in the schedule.
  tries integer not null,
  -- All attempts there ever were, and the last ten of them.
  attempts integer not null,
  log jsonb not null,
  next_at timestamptz,
  -- Of the worker that has it in hand until next_at.
  lease text,
  created_at timestamptz not null,
  primary key (account_id, is_test, webhook_id, id),
  check ((state = 'pending') = (next_at is not null))
);
create index webhook_deliveries_due on webhook_deliveries (account_id, is_test, webhook_id, next_at, sequence) where state = 'pending';
create index webhook_deliveries_in_hand on webhook_deliveries (account_id, is_test, webhook_id) where lease is not null;
create index webhook_deliveries_old on webhook_deliveries (created_at);
