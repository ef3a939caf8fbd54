import { Type } from 'typebox'
import type { Database, SqlValue } from '#chassis/database.ts'
import type { EventType } from '#contracts/event-types.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import type { CacheTag } from '#contracts/published/cache-tags.ts'
import { eventsParameters, eventsSql } from '../events/event-sql.ts'
import { type DocumentRef, spreadParameters, touchAndSpreadSql, touchParameters } from '../published/touch-sql.ts'
import type { Owner } from '../store/order-store.ts'
import { type AskedWorks, workParameters, worksOutcomeSql, worksSql } from './ask-work.ts'
import type { PublicationRow } from './publication-rows.ts'
import { proofRowSql, statesAfter, thumbnailRowSql, WorkRungs, WorkStates } from './work-rows.ts'

export type NewVersion = {
  readonly fields: PublicationFields
  readonly undoes: number | null
  readonly changed: readonly string[]
  readonly savedBy: string
}

export type PublicationNews = {
  readonly id: string
  readonly type: EventType
  readonly data: Readonly<Record<string, unknown>>
}

/** What becomes of a publication, decided on the state in which it was read. */
export type Save = {
  readonly read: Pick<PublicationRow, 'id' | 'version' | 'publishedVersion'>
  readonly version: number
  readonly publishedVersion: number | null
  /** Undefined: only what visitors see changes. */
  readonly saved: NewVersion | undefined
  /** Of the newest version. */
  readonly works: AskedWorks
  readonly events: readonly [PublicationNews, ...PublicationNews[]]
  readonly documents: readonly DocumentRef[]
  /** What else is made of it: sales that an older master key sealed, buttons. */
  readonly spreads: readonly CacheTag[]
  readonly at: Date
}

const Outcome = Type.Object({
  isSaved: Type.Boolean(),
  works: WorkRungs,
  states: WorkStates,
})

const own = 'account_id = :account::text and is_test = :isTest::boolean'

/**
 * One statement, onto the state that was read: whoever comes second changes nothing and decides again. Sent twice after a lost reply, the
 * second finds the event of the first and knows that it is done.
 */
const saveSql = `
  with p as (
    update publications set version = :version::int, published_version = :published::int, updated_at = :at::timestamptz,
      published_at = case when published_version is distinct from :published::int then :at::timestamptz else published_at end
    where ${own} and id = :id::text and deleted_at is null and version = :readVersion::int
      and published_version is not distinct from :readPublished::int
    returning id
  ), saved as (
    insert into publication_versions (account_id, is_test, publication_id, version, fields, undoes, changed, thumbnail_key,
      proof_key, saved_at, saved_by)
    select :account::text, :isTest::boolean, :id::text, :version::int, :fields::jsonb, :undoes::int, :changed::jsonb,
      :thumbnailKey::text, :proofKey::text, :at::timestamptz, :savedBy::text
    from p where :fields::jsonb is not null
  ), ${worksSql('p')}, ${eventsSql('p')}, ${touchAndSpreadSql('p')}
  select jsonb_build_object(
    'isSaved', exists (select from p) or exists (
      select from events where account_id = :account::text and id = :firstEventId::text),
    'works', jsonb_build_object(${worksOutcomeSql}),
    'states', jsonb_build_object(
      'thumbnail', (select ${thumbnailRowSql} from thumbnails t
        where t.account_id = :account::text and t.is_test = :isTest::boolean and t.publication_id = :id::text
          and t.key = :thumbnailKey::text),
      'proof', (select ${proofRowSql} from proofs f
        where f.account_id = :account::text and f.is_test = :isTest::boolean and f.publication_id = :id::text
          and f.key = :proofKey::text))) as row`

export type Saved = { readonly works: WorkRungs; readonly states: WorkStates }

/** Undefined when another change came first, or it is gone: nothing was written. */
export async function savePublication(database: Database, owner: Owner, save: Save): Promise<Saved | undefined> {
  const [outcome] = await database.rows(Outcome, saveSql, parametersOf(owner, save))
  if (!outcome) throw new Error('The save of a publication gave no outcome')
  const { isSaved, works, states } = outcome
  return isSaved ? { works, states: statesAfter(works, states) } : undefined
}

function parametersOf(
  { accountId: account, isTest }: Owner,
  { read, version, publishedVersion, saved, works, events, documents, spreads, at }: Save,
): Readonly<Record<string, SqlValue>> {
  return {
    ...{ account, isTest, id: read.id, version },
    published: publishedVersion,
    readVersion: read.version,
    readPublished: read.publishedVersion,
    fields: saved ? JSON.stringify(saved.fields) : null,
    undoes: saved?.undoes ?? null,
    changed: JSON.stringify(saved?.changed ?? []),
    savedBy: saved?.savedBy ?? '',
    at: at.toISOString(),
    firstEventId: events[0].id,
    ...workParameters(works),
    ...eventsParameters(events, at),
    ...touchParameters(documents, at),
    ...spreadParameters(spreads, at),
  }
}
