-- Cancelling past release is asked of the facility, by a ticket like any other work.
alter table tickets drop constraint tickets_kind_check;
alter table tickets add constraint tickets_kind_check check (kind in ('process', 'production', 'cancel'));

-- One order a reference, for ever, in each world of an account. Orders placed before this day keep theirs in the doc and bind nobody.
alter table orders add column unique_reference text;
create unique index orders_reference on orders (account_id, is_test, unique_reference) where unique_reference is not null;
