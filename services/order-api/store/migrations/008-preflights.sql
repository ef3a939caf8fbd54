-- Files that are checked before anything is ordered. The row is the truth, the message on the processors' queue only a doorbell.
create table preflights (
  account_id text not null references accounts (id),
  is_test boolean not null,
  id text not null,
  -- An account has so many slots, each for one that runs: the index below keeps their number, also under concurrency.
  slot integer not null,
  status text not null check (status in ('running', 'completed', 'failed')),
  step text not null,
  sku text,
  facility_id text,
  ticket jsonb not null,
  -- Of a long book longer than the 64 KiB that one row of the Data API may have: read in pieces.
  answer text,
  failure text,
  created_at timestamptz not null,
  ring_at timestamptz not null,
  rings integer not null,
  completed_at timestamptz,
  primary key (account_id, is_test, id)
);
create unique index preflights_running on preflights (account_id, is_test, slot) where status = 'running';
create index preflights_due on preflights (ring_at) where status = 'running';
create index preflights_by_age on preflights (created_at);
