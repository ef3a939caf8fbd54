-- How an account pays and works; what its keys may do.
alter table accounts
  add column billing text not null default 'invoice' check (billing in ('prepaid', 'invoice')),
  -- How far below zero the balance may go; null with invoice: without a limit.
  add column credit_limit_minor bigint check (credit_limit_minor >= 0),
  add column currency text not null default 'EUR',
  add column grace_minutes integer not null default 0 check (grace_minutes between 0 and 2880);

alter table api_keys
  add column id text,
  add column name text not null default '',
  -- Null: everything that a key of its kind may do.
  add column scopes jsonb,
  add column expires_at timestamptz,
  add column last_used_at timestamptz;

-- Prices, limits and grace of an order stand in its doc: a change of the account changes no order that was placed.
update orders set doc = doc || '{"billing":{"mode":"invoice","limitMinor":null},"graceMinutes":0,"onRejectedFiles":"reject","refundedItemIds":[]}'::jsonb;
-- When the order is to be looked at again by itself: the end of its grace, of a wait for files.
alter table orders add column due_at timestamptz;
create index orders_due on orders (due_at) where due_at is not null;
create index orders_of_account on orders (account_id, is_test, id desc);

-- Double entry: the amounts of one transaction add up to zero. Positive is debit. Rows are only ever added.
create table ledger_entries (
  account_id text not null references accounts (id),
  is_test boolean not null,
  id text not null,
  transaction_id text not null,
  ledger text not null check (ledger in (
    'prepaid', 'receivable', 'sales', 'shipping', 'tax_payable', 'cash', 'reprint_facility', 'reprint_platform')),
  amount_minor bigint not null,
  currency text not null,
  order_id text,
  cause text not null,
  at timestamptz not null,
  primary key (account_id, is_test, id)
);
create index ledger_of_order on ledger_entries (account_id, order_id) where order_id is not null;

-- What a customer may still spend. The check is the guard: whoever would cross the limit has the whole statement undone.
create table balances (
  account_id text not null references accounts (id),
  is_test boolean not null,
  currency text not null,
  balance_minor bigint not null,
  limit_minor bigint not null,
  primary key (account_id, is_test, currency),
  constraint balances_within_limit check (balance_minor >= -limit_minor)
);
