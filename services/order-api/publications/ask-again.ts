import { Type } from 'typebox'
import { makeIdAt } from '../orders/make-id.ts'
import type { Owner } from '../store/order-store.ts'
import { askedPicture, pictureOutcomeSql, pictureParameters, pictureSql } from './ask-picture.ts'
import type { PublicationChanger } from './change-publication.ts'
import type { PublicationRow } from './publication-rows.ts'

const Outcome = Type.Object({ isAsked: Type.Boolean(), isRung: Type.Boolean() })

const askSql = `
  with p as (
    select id from publications
    where account_id = :account::text and is_test = :isTest::boolean and id = :id::text and deleted_at is null
  ), ${pictureSql('p')}
  select jsonb_build_object(${pictureOutcomeSql}) as row`

/**
 * A save that changes nothing asks again for a picture that could not be made: its file may be there now. Gives the publication as it is then.
 * May run twice: what is being made is not asked for.
 */
export async function askAgain(
  { database, ring, now, patienceSeconds }: PublicationChanger,
  owner: Owner,
  read: PublicationRow,
): Promise<PublicationRow> {
  if (read.thumbnail?.state !== 'failed') return read
  const at = now()
  const asking = { publicationId: read.id, now: at, makeId: makeIdAt(() => at), patienceSeconds }
  const picture = askedPicture(owner, read.fields, asking)
  if (!picture) return read
  const { accountId: account, isTest } = owner
  const [outcome] = await database.rows(Outcome, askSql, {
    ...{ account, isTest, id: read.id, at: at.toISOString() },
    ...pictureParameters(picture),
  })
  // A bell that is not heard is rung again by the sweeper.
  if (outcome?.isRung) void ring([{ id: picture.ticket.ticketId, queue: 'process', body: picture.ticket }])
  return { ...read, thumbnail: { state: 'processing', failure: null } }
}
