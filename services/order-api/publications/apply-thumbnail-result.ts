import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import { eventParameters, eventSql } from '../events/event-sql.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { touchParameters, touchSql } from '../published/touch-sql.ts'
import { publicationDocuments } from './publication-documents.ts'

export type ThumbnailKeeper = {
  readonly database: Database
  readonly keyring: Keyring
  readonly now: () => Date
}

const Saved = Type.Object({ id: Type.String() })

/**
 * Only the ticket that is still waited for is answered: one that was asked anew has another id. What was asked is forgotten with the
 * answer, as addresses of files often hold a key to them. Nobody is told of a publication that is gone.
 */
const applySql = `with saved as (
    update thumbnails set state = :state::text, doc = :doc::jsonb, failure = :failure::text,
      ticket = jsonb_build_object('ticketId', :ticketId::text)
    where account_id = :account::text and is_test = :isTest::boolean and publication_id = :id::text
      and state = 'processing' and ticket->>'ticketId' = :ticketId::text
    returning publication_id as id
  ), shown as (
    select p.id from publications p join saved on saved.id = p.id
    where p.account_id = :account::text and p.is_test = :isTest::boolean and p.deleted_at is null
  ), failed as (
    select id from shown where :state::text = 'failed'
  ), ${touchSql('shown')}, ${eventSql('failed')}
  select jsonb_build_object('id', id) as row from saved`

/**
 * Writes down what became of a thumbnail; the publication's documents are written anew in the same statement, and a failure is told as an
 * event. May run twice: a picture is answered once, and what comes late changes nothing.
 */
export async function applyThumbnailResult(
  { database, keyring, now }: ThumbnailKeeper,
  { accountId, isTest, publicationId, ticketId, thumbnail, failure = noWords }: ThumbnailResult,
): Promise<void> {
  const at = now()
  const { published, preview } = publicationDocuments(keyring, { accountId, isTest }, publicationId)
  const data = { publication_id: publicationId, failure }
  await database.rows(Saved, applySql, {
    ...{ account: accountId, isTest, id: publicationId, ticketId },
    state: thumbnail ? 'ready' : 'failed',
    doc: thumbnail ? JSON.stringify(thumbnail) : null,
    failure: thumbnail ? null : failure,
    ...touchParameters([published, preview], at),
    ...eventParameters({ id: makeIdAt(now)('event'), type: 'publication.thumbnail_failed', at, data }),
  })
}

/** A processor of another version may say less. */
const noWords = 'The file cannot be shown: use another one for the thumbnail.'
