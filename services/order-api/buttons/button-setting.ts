import { Type } from 'typebox'
import type { Database, SqlValue } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { touchButtonsSql } from '../published/touch-sql.ts'
import type { Owner } from '../store/order-store.ts'

const Chosen = Type.Object({ publication: Type.String() })

/** A publication that was deleted meanwhile is not chosen any more. */
const readSql = `
  select jsonb_build_object('publication', b.publication_id) as row from button_publications b
  join publications p on p.account_id = b.account_id and p.is_test = b.is_test and p.id = b.publication_id and p.deleted_at is null
  where b.account_id = :account::text and b.is_test = :isTest::boolean`

/** The publication that buttons of this world stand for which name a key alone; null: none. */
export async function readButton(database: Database, { accountId, isTest }: Owner): Promise<string | null> {
  const [chosen] = await database.rows(Chosen, readSql, { account: accountId, isTest })
  return chosen?.publication ?? null
}

const liveKeys = (when: string): string => `live_keys as (
    select k.* from api_keys k
    where k.account_id = :account::text and k.is_test = :isTest::boolean and k.kind = 'publishable' and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > :touchedAt::timestamptz) and exists (select from ${when})
  ), ${touchButtonsSql('live_keys')}`

const Outcome = Type.Object({
  isThere: Type.Boolean(),
  /** Of the version that everyone sees; null: none is published. */
  kind: Type.Union([Type.String(), Type.Null()]),
})

const chooseSql = `
  with wanted as (
    select p.id, v.fields->'content'->>'kind' as kind from publications p
    left join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test and v.publication_id = p.id
      and v.version = p.published_version
    where p.account_id = :account::text and p.is_test = :isTest::boolean and p.id = :id::text and p.deleted_at is null
  ), chosen as (
    insert into button_publications (account_id, is_test, publication_id)
    select :account::text, :isTest::boolean, id from wanted where kind = 'page'
    on conflict (account_id, is_test) do update set publication_id = excluded.publication_id
    returning 1
  ), ${liveKeys('chosen')}
  select jsonb_build_object('isThere', exists (select from wanted), 'kind', (select kind from wanted)) as row`

/** Chooses it, and has the documents of all keys say so. Throws Refused `invalid_request` for one that no page can use. */
export async function chooseButton(database: Database, owner: Owner, id: string, now: Date): Promise<void> {
  const [outcome] = await database.rows(Outcome, chooseSql, { ...parametersOf(owner, now), id })
  const detail = outcome?.isThere ? faultOf(outcome.kind) : 'there is no such publication in your account'
  if (detail === undefined) return
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/publication', detail },
  ])
}

function faultOf(kind: string | null): string | undefined {
  if (kind === 'page') return undefined
  if (kind === null) return 'nobody sees it yet: publish it first'
  return `must have content of the kind "page", where each button names its own file; what is published is "${kind}"`
}

const forgetSql = `
  with forgotten as (
    delete from button_publications where account_id = :account::text and is_test = :isTest::boolean returning 1
  ), ${liveKeys('forgotten')}
  select to_jsonb(count(*)) as row from forgotten`

/** From then on such buttons stand for nothing. May run twice. */
export async function forgetButton(database: Database, owner: Owner, now: Date): Promise<void> {
  await database.rows(Type.Integer(), forgetSql, parametersOf(owner, now))
}

const parametersOf = ({ accountId, isTest }: Owner, now: Date): Readonly<Record<string, SqlValue>> => ({
  account: accountId,
  isTest,
  touchedAt: now.toISOString(),
})
