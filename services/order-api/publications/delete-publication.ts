import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { eventParameters, eventSql } from '../events/event-sql.ts'
import { type DocumentRef, spreadParameters, touchAndSpreadSql, touchParameters } from '../published/touch-sql.ts'
import type { Owner } from '../store/order-store.ts'
import { noSuchPublication } from './read-publications.ts'
import { tableOf, type WorkKind, workKinds } from './works.ts'

const own = 'account_id = :account::text and is_test = :isTest::boolean'

const unaskedSql = (kind: WorkKind): string => `unasked_${kind} as (
    delete from ${tableOf[kind]} where ${own} and publication_id = :id::text and state = 'processing' and exists (select from gone)
  )`

/**
 * Work that nobody did yet is not wanted any more, and the addresses of its files are forgotten. Previews that were sealed with an
 * older master key go away with the others.
 */
const deleteSql = `
  with gone as (
    update publications set deleted_at = :at::timestamptz, updated_at = :at::timestamptz
    where ${own} and id = :id::text and deleted_at is null
    returning id
  ), ${workKinds.map(unaskedSql).join(', ')}, ${eventSql('gone')}, ${touchAndSpreadSql('gone')}
  select jsonb_build_object('id', :id::text) as row
  where exists (select from gone) or exists (
    select from events where account_id = :account::text and id = :eventId::text)`

type Deletion = { readonly eventId: string; readonly documents: readonly DocumentRef[]; readonly now: Date }

/** Takes a publication away for everyone, with its documents. Throws Refused `not_found`. */
export async function deletePublication(
  database: Database,
  { accountId: account, isTest }: Owner,
  id: string,
  { eventId, documents, now }: Deletion,
): Promise<void> {
  const [gone] = await database.rows(Type.Object({ id: Type.String() }), deleteSql, {
    ...{ account, isTest, id, at: now.toISOString() },
    ...eventParameters({ id: eventId, type: 'publication.deleted', at: now, data: { publication_id: id } }),
    ...touchParameters(documents, now),
    ...spreadParameters([tagOf.publication(id)], now),
  })
  if (!gone) throw noSuchPublication(id)
}
