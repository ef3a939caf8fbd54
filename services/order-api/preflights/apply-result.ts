import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { PreflightResult } from '#contracts/messages/preflight-result.ts'
import { preflightSteps } from '#contracts/order-api/preflight.ts'
import { eventParameters, eventSql } from '../events/event-sql.ts'
import { makeIdAt } from '../orders/make-id.ts'

export type PreflightKeeper = {
  readonly database: Database
  readonly now: () => Date
  readonly patienceSeconds: number
}

/** A processor that was heard has so many times the usual patience before its ticket is rung again; it speaks every 30 s. */
const heardPatienceTimes = 6
const saved = Type.Object({ id: Type.String() })

const isRunning = `account_id = :account::text and is_test = :isTest::boolean and id = :id::text and status = 'running'`

const stepSql = `update preflights set step = :step::text, ring_at = greatest(ring_at, :heardRingAt::timestamptz)
  where ${isRunning} and array_position(:steps::text[], step) <= array_position(:steps::text[], :step::text)
  returning jsonb_build_object('id', id) as row`

/** What was asked is forgotten with the answer: addresses of files often hold a key to them. */
const answerSql = `with saved as (
    update preflights set ticket = '{}'::jsonb, status = :status::text, answer = :answer::text, failure = :failure::text, completed_at = :at::timestamptz
    where ${isRunning} returning id
  ), ${eventSql('saved')}
  select jsonb_build_object('id', id) as row from saved`

/**
 * Writes down what a processor says of a preflight. May run twice: only what still runs is answered, once, and tells its event in the
 * same statement; news of anything else comes too late and changes nothing.
 */
export async function applyPreflightResult(
  { database, now, patienceSeconds }: PreflightKeeper,
  result: PreflightResult,
): Promise<void> {
  const { accountId: account, isTest, preflightId: id } = result
  const at = now()
  if (result.outcome === 'progress') {
    const heardRingAt = new Date(at.getTime() + heardPatienceTimes * patienceSeconds * 1000).toISOString()
    const steps = `{${preflightSteps.join()}}`
    await database.rows(saved, stepSql, { account, isTest, id, step: result.step, steps, heardRingAt })
    return
  }
  const isCompleted = result.outcome === 'completed'
  const answer = isCompleted ? result.answer : undefined
  const data = {
    preflight_id: id,
    status: result.outcome,
    ...(answer?.outcome === undefined ? {} : { outcome: answer.outcome }),
  }
  await database.rows(saved, answerSql, {
    ...{ account, isTest, id },
    status: result.outcome,
    answer: answer ? JSON.stringify(answer) : null,
    failure: result.outcome === 'failed' ? result.failure : null,
    at: at.toISOString(),
    ...eventParameters({ id: makeIdAt(now)('event'), type: 'preflight.completed', at, data }),
  })
}
