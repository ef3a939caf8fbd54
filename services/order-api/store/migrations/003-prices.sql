-- What each facility charges in each currency from which day on. A new price is a new row; what was quoted by an old one is signed.
create table price_books (
  facility_id text not null,
  currency text not null,
  valid_from date not null,
  doc jsonb not null,
  primary key (facility_id, currency, valid_from)
);
