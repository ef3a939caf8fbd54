-- What publishers show and sell. Every save is a version; visitors see the published one.
create table publications (
  account_id text not null references accounts (id),
  is_test boolean not null,
  id text not null,
  -- The newest.
  version integer not null,
  published_version integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  -- A deleted one is in no answer any more; its versions stay.
  deleted_at timestamptz,
  primary key (account_id, is_test, id),
  unique (id)
);

create table publication_versions (
  account_id text not null,
  is_test boolean not null,
  publication_id text not null,
  version integer not null,
  fields jsonb not null,
  -- Made by undo: the version that it holds again.
  undoes integer,
  -- Names of the fields that differ from the version before.
  changed jsonb not null,
  -- Of the picture that these fields ask for; versions that ask for the same one share it. Null: there is none to be made.
  thumbnail_key text,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (account_id, is_test, publication_id, version),
  foreign key (account_id, is_test, publication_id) references publications (account_id, is_test, id)
);

-- A picture that a processor is asked for. The row is the truth, the message on the processors' queue only a doorbell.
create table thumbnails (
  account_id text not null,
  is_test boolean not null,
  publication_id text not null,
  key text not null,
  state text not null check (state in ('processing', 'ready', 'failed')),
  ticket jsonb not null,
  -- Where the pictures are, as the publication's document shows it.
  doc jsonb,
  failure text,
  created_at timestamptz not null,
  ring_at timestamptz not null,
  rings integer not null,
  primary key (account_id, is_test, publication_id, key),
  foreign key (account_id, is_test, publication_id) references publications (account_id, is_test, id)
);
create index thumbnails_due on thumbnails (ring_at) where state = 'processing';
create index thumbnails_waiting on thumbnails (account_id, is_test) where state = 'processing';

-- The outbox of everything that is published: one row a document. An edit raises `wanted` in its own statement; the worker writes the document
-- as the database has it then, and raises `written` to what `wanted` was. Nothing that was not committed is published, nothing committed is forgotten.
create table documents (
  -- In the order of the stores’ listings.
  path text collate "C" primary key,
  kind text not null check (kind in ('catalogue', 'prices', 'offers', 'publication', 'preview', 'page')),
  -- Of what: the ids that the kind is looked up by.
  subject jsonb not null,
  -- Everything that it was made of, when it was written last.
  tags text[] not null default '{}',
  wanted bigint not null,
  written bigint not null default 0,
  -- The oldest edit that is not written yet.
  changed_at timestamptz,
  -- Those of its tags that raised `wanted` since it was written last.
  spread_by text[] not null default '{}',
  -- Of what lies in the store; null: there is nothing, and there shall be nothing.
  sha256 text,
  -- Bucket → hash of what lies there and the ETag of each packing: whoever writes knows what he replaces, so that nobody puts an older text
  -- over a newer one.
  copies jsonb not null default '{}',
  written_at timestamptz,
  -- When it is looked at again by itself: a validity that begins or ends, the first day of a price book, a store that does not have it yet.
  render_at timestamptz,
  -- Of the worker that has it in hand until next_at.
  lease text,
  next_at timestamptz not null,
  tries integer not null default 0,
  -- What is to be dropped at the CDN, and when: what was under way while the object was replaced may have been kept after the first time.
  purge_tags text[] not null default '{}',
  purge_at timestamptz
);
-- What somebody edited comes before what only follows from something else: ten thousand of those are no reason to wait.
create index documents_edited on documents (next_at) where wanted > written and spread_by = '{}';
create index documents_following on documents (next_at) where wanted > written and spread_by <> '{}';
create index documents_by_time on documents (render_at) where render_at is not null;
create index documents_by_tag on documents using gin (tags);
create index documents_to_purge on documents (purge_at) where purge_at is not null;

-- Which code writes the documents: the one that started last. Another one leaves them alone, so that a worker of before does not write as it used to.
create table published_release (
  name text primary key,
  fingerprint text not null,
  at timestamptz not null
);
