import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import { eventsParameters, eventsSql } from '../events/event-sql.ts'
import { type DocumentRef, touchParameters, touchSql } from '../published/touch-sql.ts'
import type { Owner } from '../store/order-store.ts'
import { type AskedWorks, workParameters, worksOutcomeSql, worksSql } from './ask-work.ts'
import { changedFields } from './fields.ts'
import type { PublicationNews } from './save-publication.ts'
import { WorkRungs } from './work-rows.ts'

export type NewPublication = {
  readonly id: string
  readonly fields: PublicationFields
  readonly isPublished: boolean
  readonly savedBy: string
  readonly works: AskedWorks
  readonly events: readonly PublicationNews[]
  readonly documents: readonly DocumentRef[]
  readonly idempotency: { readonly key: string; readonly requestSha256: string }
  /** The answer, kept for ever: a retry gets these bytes again. */
  readonly body: string
  readonly at: Date
}

const Outcome = Type.Object({ isWritten: Type.Boolean(), works: WorkRungs })

/** One statement, all or nothing: the idempotency key is the lock; a concurrent twin waits for it and then finds it taken. */
const insertSql = `
  with claimed as (
    insert into idempotency_keys (account_id, key, is_test, request_sha256, order_id, status, body, created_at)
    select :account::text, :key::text, :isTest::boolean, :requestSha256::text, :id::text, 201, :body::text, :at::timestamptz
    on conflict do nothing
    returning 1
  ), p as (
    insert into publications (account_id, is_test, id, version, published_version, created_at, updated_at, published_at)
    select :account::text, :isTest::boolean, :id::text, 1, case when :isPublished::boolean then 1 end, :at::timestamptz,
      :at::timestamptz, case when :isPublished::boolean then :at::timestamptz end
    from claimed
    returning id
  ), saved as (
    insert into publication_versions (account_id, is_test, publication_id, version, fields, changed, thumbnail_key, proof_key,
      saved_at, saved_by)
    select :account::text, :isTest::boolean, :id::text, 1, :fields::jsonb, :changed::jsonb, :thumbnailKey::text,
      :proofKey::text, :at::timestamptz, :savedBy::text
    from p
  ), ${worksSql('p')}, ${eventsSql('p')}, ${touchSql('p')}
  select jsonb_build_object('isWritten', exists (select from p), 'works', jsonb_build_object(${worksOutcomeSql})) as row`

/** Writes a new publication with its first version. Without `isWritten` the key is taken, and nothing was written. */
export async function insertPublication(
  database: Database,
  { accountId: account, isTest }: Owner,
  { id, fields, isPublished, savedBy, works, events, documents, idempotency, body, at }: NewPublication,
): Promise<Static<typeof Outcome>> {
  const [outcome] = await database.rows(Outcome, insertSql, {
    ...{ account, isTest, id, isPublished, savedBy, body },
    ...{ key: idempotency.key, requestSha256: idempotency.requestSha256 },
    fields: JSON.stringify(fields),
    changed: JSON.stringify(changedFields({}, fields)),
    at: at.toISOString(),
    ...workParameters(works),
    ...eventsParameters(events, at),
    ...touchParameters(documents, at),
  })
  if (outcome) return outcome
  throw new Error('The insert of a publication gave no outcome')
}
