import { Type } from 'typebox'
import { makeIdAt } from '../orders/make-id.ts'
import type { Owner } from '../store/order-store.ts'
import { type AskedWorks, askedWorks, ringWorks, workParameters, worksOutcomeSql, worksSql } from './ask-work.ts'
import type { PublicationChanger } from './change-publication.ts'
import type { PublicationRow } from './publication-rows.ts'
import { nothingRung, statesAfter, WorkRungs } from './work-rows.ts'

const askSql = `
  with p as (
    select id from publications
    where account_id = :account::text and is_test = :isTest::boolean and id = :id::text and deleted_at is null
  ), ${worksSql('p')}
  select jsonb_build_object('works', jsonb_build_object(${worksOutcomeSql})) as row`

const Outcome = Type.Object({ works: WorkRungs })

/**
 * A save that changes nothing asks again for what could not be made: its file may be there now. Gives the publication as it is then.
 * May run twice: what is being made is not asked for.
 */
export async function askAgain(
  { database, ring, now, patienceSeconds }: PublicationChanger,
  owner: Owner,
  read: PublicationRow,
): Promise<PublicationRow> {
  const at = now()
  const asked = failedOf(
    read,
    askedWorks(owner, read.fields, { publicationId: read.id, now: at, makeId: makeIdAt(() => at), patienceSeconds }),
  )
  if (!asked.thumbnail && !asked.proof) return read
  const { accountId: account, isTest } = owner
  const [outcome] = await database.rows(Outcome, askSql, {
    ...{ account, isTest, id: read.id, at: at.toISOString() },
    ...workParameters(asked),
  })
  const { works = nothingRung } = outcome ?? {}
  ringWorks(ring, asked, works)
  return { ...read, ...statesAfter(works, read) }
}

const failedOf = ({ thumbnail, proof }: PublicationRow, asked: AskedWorks): AskedWorks => ({
  thumbnail: thumbnail?.state === 'failed' ? asked.thumbnail : undefined,
  proof: proof?.state === 'failed' ? asked.proof : undefined,
})
