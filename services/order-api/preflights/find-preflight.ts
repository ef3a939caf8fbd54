import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { PreflightAnswer } from '#contracts/messages/preflight-result.ts'
import { preflightFailures, preflightStates, preflightSteps } from '#contracts/order-api/preflight.ts'
import { parse } from '#contracts/parse.ts'
import { isoTime } from '../store/order-rows.ts'
import type { Owner } from '../store/order-store.ts'
import { keptDays } from './limits.ts'

const text = Type.Union([Type.String(), Type.Null()])

const Head = Type.Object({
  id: Type.String(),
  status: Type.Enum(preflightStates),
  step: Type.Enum(preflightSteps),
  sku: text,
  facilityId: text,
  failure: Type.Union([Type.Enum(preflightFailures), Type.Null()]),
  createdAt: Type.String(),
  completedAt: text,
})
const Part = Type.Object({ head: Head, answer: Type.String() })

export type Preflight = Static<typeof Head> & { readonly answer: PreflightAnswer | undefined }

/** In pieces of 8,000 characters: the answer about a long list of pictures is longer than the 64 KiB that one row may have. */
const findSql = `select jsonb_build_object('head', jsonb_build_object('id', id, 'status', status, 'step', step, 'sku', sku,
    'facilityId', facility_id, 'failure', failure, 'createdAt', ${isoTime('created_at')},
    'completedAt', ${isoTime('completed_at')}), 'answer', coalesce(substr(answer, 1 + place * 8000, 8000), '')) as row
  from preflights, generate_series(0, length(coalesce(answer, '')) / 8000) as place
  where account_id = :account::text and is_test = :isTest::boolean and id = :id::text and created_at > :since::timestamptz
  order by place`

/** The account's own preflight; a foreign, an unknown and an expired one are the same: undefined. */
export async function findPreflight(
  database: Database,
  { accountId: account, isTest }: Owner,
  id: string,
  now: Date,
): Promise<Preflight | undefined> {
  const since = new Date(now.getTime() - keptDays * 86_400_000).toISOString()
  const parts = await database.rows(Part, findSql, { account, isTest, id, since })
  const [first] = parts
  if (!first) return undefined
  const answer = parts.map((part) => part.answer).join('')
  return {
    ...first.head,
    answer: answer === '' ? undefined : parse('preflight answer', PreflightAnswer, JSON.parse(answer)),
  }
}
