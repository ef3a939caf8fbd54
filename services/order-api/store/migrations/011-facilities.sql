-- Facilities beyond their documents: who speaks for them, when they were last heard of, how their clients enrol; policies of accounts.
alter table accounts add column routing jsonb;
alter table accounts add column retention_days integer not null default 90 check (retention_days between 1 and 3650);

create table facility_enrolments (
  code_sha256 text primary key,
  facility_id text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Who used it, and what it was given, sealed to its key: the same client may ask again when the answer was lost.
  client_id text,
  public_key text,
  sealed jsonb
);

create table facility_clients (
  facility_id text not null,
  client_id text not null,
  name text not null,
  public_key text not null,
  -- As the queue service names who sent a message: a status is believed for this facility only.
  principal_id text not null unique,
  access_key_id text not null,
  -- The next one, until the client was heard to use it.
  next_access_key_id text,
  enrolled_at timestamptz not null,
  rotated_at timestamptz,
  revoked_at timestamptz,
  primary key (facility_id, client_id)
);

create table facility_heartbeats (
  facility_id text not null,
  client_id text not null,
  heard_at timestamptz not null,
  doc jsonb not null,
  primary key (facility_id, client_id)
);
