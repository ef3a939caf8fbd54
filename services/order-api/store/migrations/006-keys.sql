-- Keys have ids and their account first in the key; the look-up by hash has an index of its own.
-- Keys made before this had no checksum: none is accepted any more (decision 0016).
update api_keys set revoked_at = now() where revoked_at is null;
-- Older than every id that is made from now on: lists begin with the newest.
update api_keys set id = 'key_0000' || substr(sha256, 1, 22) where id is null;

alter table api_keys
  drop constraint api_keys_pkey,
  alter column id set not null,
  -- Random hex digits are a valid id; the services make their own, sortable ones.
  alter column id set default 'key_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 26),
  add primary key (account_id, is_test, id),
  add constraint api_keys_sha256 unique (sha256),
  -- The places of a name: two live keys can have it. Null for revoked keys and for those that have no name.
  add column slot integer check (slot between 1 and 2);
create unique index api_keys_slot on api_keys (account_id, is_test, kind, name, slot) where slot is not null;

create table members (
  account_id text not null references accounts (id),
  id text not null,
  email text not null,
  name text not null,
  role text not null check (role in ('owner', 'admin', 'developer', 'finance', 'viewer')),
  created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index members_email on members (account_id, lower(email));
