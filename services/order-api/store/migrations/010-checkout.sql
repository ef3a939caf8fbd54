-- What a publication's file looks like in print, as each product that it is offered as. The row is the truth, the message a doorbell.
create table proofs (
  account_id text not null,
  is_test boolean not null,
  publication_id text not null,
  -- Of the content and the offers that were looked at: versions that have the same share it.
  key text not null,
  state text not null check (state in ('processing', 'ready', 'failed')),
  ticket jsonb not null,
  -- As it is published, byte for byte, and where: the name of the document holds the hash of them.
  doc text,
  path text,
  -- What its publisher is told: the gravest finding, the offers that it cannot be.
  summary jsonb,
  failure text,
  created_at timestamptz not null,
  ring_at timestamptz not null,
  rings integer not null,
  primary key (account_id, is_test, publication_id, key),
  foreign key (account_id, is_test, publication_id) references publications (account_id, is_test, id)
);
create index proofs_by_path on proofs (path) where path is not null;
create index proofs_due on proofs (ring_at) where state = 'processing';
create index proofs_waiting on proofs (account_id, is_test) where state = 'processing';
alter table publication_versions add column proof_key text;

alter table documents drop constraint documents_kind_check;
alter table documents add constraint documents_kind_check
  check (kind in ('catalogue', 'prices', 'offers', 'publication', 'preview', 'page', 'sale', 'facilities', 'button'));

-- What buttons stand for that name only a publishable key of the account, by world.
create table button_publications (
  account_id text not null references accounts (id),
  is_test boolean not null,
  publication_id text not null,
  primary key (account_id, is_test)
);

-- What visitors paid at the checkout, and what publishers earn of it.
alter table ledger_entries drop constraint ledger_entries_ledger_check;
alter table ledger_entries add constraint ledger_entries_ledger_check check (ledger in (
  'prepaid', 'receivable', 'sales', 'shipping', 'tax_payable', 'cash', 'payments', 'earnings', 'reprint_facility',
  'reprint_platform'));

-- Orders that visitors paid at the checkout: who asks for news of them, in one world, goes by the time of their last change.
alter table orders add column checkout_id text;
create index orders_sold on orders (is_test, updated_at, id) where checkout_id is not null;
