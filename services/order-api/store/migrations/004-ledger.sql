-- A key belongs to whatever was made with it: order_id holds the order, or the transaction of a deposit.
alter table idempotency_keys add column is_test boolean;
update idempotency_keys k set is_test = o.is_test from orders o where o.account_id = k.account_id and o.id = k.order_id;
alter table idempotency_keys alter column is_test set not null;

-- What is owed is added up from here without a look at the rows.
create index ledger_receivable on ledger_entries (account_id, is_test, currency) include (amount_minor)
  where ledger = 'receivable';
