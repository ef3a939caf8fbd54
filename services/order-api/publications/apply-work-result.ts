import { Type } from 'typebox'
import type { Database, SqlValue } from '#chassis/database.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import { type AccountNews, eventParameters, eventSql } from '../events/event-sql.ts'
import { touchParameters, touchSql } from '../published/touch-sql.ts'
import { publicationDocuments } from './publication-documents.ts'
import { tableOf, type WorkKind } from './works.ts'

export type WorkKeeper = {
  readonly database: Database
  readonly keyring: Keyring
  readonly now: () => Date
}

/** Whose work, and of which ticket. */
export type WorkRef = Pick<ThumbnailResult, 'accountId' | 'isTest' | 'publicationId' | 'ticketId'>

/** What became of it: what is published, with what else stands in its row, or a failure in words. */
export type WorkOutcome = { readonly failure: string } | Readonly<Record<string, SqlValue>>

const Saved = Type.Object({ id: Type.String() })

/** What of the outcome is written down, and when somebody is told. */
const ofKind: Readonly<Record<WorkKind, { readonly set: string; readonly told: string }>> = {
  thumbnail: { set: 'doc = :doc::jsonb', told: `select id from shown where :state::text = 'failed'` },
  proof: { set: 'doc = :doc::text, path = :path::text, summary = :summary::jsonb', told: 'select id from shown' },
}
const noOutcome: Readonly<Record<WorkKind, Readonly<Record<string, SqlValue>>>> = {
  thumbnail: { doc: null },
  proof: { doc: null, path: null, summary: null },
}

/**
 * Only the ticket that is still waited for is answered: one that was asked anew has another id. What was asked is forgotten with the
 * answer, as addresses of files often hold a key to them. Nobody is told of a publication that is gone.
 */
const applySql = (kind: WorkKind): string => `with saved as (
    update ${tableOf[kind]} set state = :state::text, ${ofKind[kind].set}, failure = :failure::text,
      ticket = jsonb_build_object('ticketId', :ticketId::text)
    where account_id = :account::text and is_test = :isTest::boolean and publication_id = :id::text
      and state = 'processing' and ticket->>'ticketId' = :ticketId::text
    returning publication_id as id
  ), shown as (
    select p.id from publications p join saved on saved.id = p.id
    where p.account_id = :account::text and p.is_test = :isTest::boolean and p.deleted_at is null
  ), news as (
    ${ofKind[kind].told}
  ), ${touchSql('shown')}, ${eventSql('news')}
  select jsonb_build_object('id', id) as row from saved`

/**
 * Writes down what became of work on a publication's file; its documents are written anew in the same statement, and `news` is told. May run
 * twice: work is answered once, and what comes late changes nothing.
 */
export async function applyWorkResult(
  { database, keyring, now }: WorkKeeper,
  kind: WorkKind,
  { accountId, isTest, publicationId, ticketId }: WorkRef,
  outcome: WorkOutcome,
  news: Pick<AccountNews, 'id' | 'type' | 'data'>,
): Promise<void> {
  const at = now()
  const { published, preview } = publicationDocuments(keyring, { accountId, isTest }, publicationId)
  await database.rows(Saved, applySql(kind), {
    ...{ account: accountId, isTest, id: publicationId, ticketId },
    state: 'failure' in outcome ? 'failed' : 'ready',
    failure: null,
    ...noOutcome[kind],
    ...outcome,
    ...touchParameters([published, preview], at),
    ...eventParameters({ ...news, at }),
  })
}
