import { Type } from 'typebox'
import type { Database, SqlValue } from '#chassis/database.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import { mostRunning } from './limits.ts'

const Outcome = Type.Object({ isWritten: Type.Boolean(), isFull: Type.Boolean(), missing: Type.Array(Type.String()) })

export type NewPreflight = {
  readonly ticket: PreflightTicket
  readonly facilityId: string | undefined
  readonly fileIds: readonly string[]
  readonly now: Date
  /** First time at which it is rung for again. */
  readonly ringAt: Date
}

export type Inserted =
  | { readonly outcome: 'inserted' }
  | { readonly outcome: 'too_many' }
  | { readonly outcome: 'files_missing'; readonly missing: readonly string[] }

/**
 * One statement, all or nothing. The unique slots keep the number of those that run, whoever asks at the same time: one that finds its
 * slot taken a moment ago writes nothing and draws another. The same id twice is one preflight: the SDK sends again after a lost reply.
 */
const insertSql = `
  with missing as (
    select wanted.id from jsonb_array_elements_text(:fileIds::jsonb) as wanted(id)
    where not exists (select from files f where f.account_id = :account::text and f.id = wanted.id and f.expired_at is null)
  ), free as (
    select s.slot from generate_series(1, :mostRunning::int) as s(slot)
    where not exists (
      select from preflights p where p.account_id = :account::text and p.is_test = :isTest::boolean
        and p.status = 'running' and p.slot = s.slot)
    order by random() limit 1
  ), written as (
    insert into preflights (account_id, is_test, id, slot, status, step, sku, facility_id, ticket, created_at, ring_at, rings)
    select :account::text, :isTest::boolean, :id::text, free.slot, 'running', 'waiting', :sku::text, :facility::text,
      :ticket::jsonb, :at::timestamptz, :ringAt::timestamptz, 1
    from free where not exists (select from missing)
    on conflict do nothing
    returning 1
  )
  select jsonb_build_object(
    'isWritten', exists (select from written) or exists (
      select from preflights p where p.account_id = :account::text and p.is_test = :isTest::boolean and p.id = :id::text),
    'isFull', not exists (select from free),
    'missing', coalesce((select jsonb_agg(id) from missing), '[]'::jsonb)) as row`

/** Whoever finds a slot taken a moment ago saw another one get it: there are no more of them than slots. */
const mostTries = mostRunning + 1

/** Writes a new preflight when every file is the account's own and it has a slot. */
export async function insertPreflight(database: Database, preflight: NewPreflight): Promise<Inserted> {
  const parameters = parametersOf(preflight)
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const { missing, isWritten, isFull } = await insert(database, parameters)
    if (missing.length > 0) return { outcome: 'files_missing', missing }
    if (isWritten) return { outcome: 'inserted' }
    if (isFull) break
  }
  return { outcome: 'too_many' }
}

async function insert(database: Database, parameters: Readonly<Record<string, SqlValue>>) {
  const [outcome] = await database.rows(Outcome, insertSql, parameters)
  if (outcome) return outcome
  throw new Error('The insert of a preflight gave no outcome')
}

function parametersOf({ ticket, facilityId, fileIds, now, ringAt }: NewPreflight) {
  const { accountId: account, isTest, preflightId: id, product } = ticket
  return {
    ...{ account, isTest, id, mostRunning },
    fileIds: JSON.stringify([...new Set(fileIds)]),
    sku: product?.sku ?? null,
    facility: facilityId ?? null,
    ticket: JSON.stringify(ticket),
    at: now.toISOString(),
    ringAt: ringAt.toISOString(),
  }
}
