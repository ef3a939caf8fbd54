import { Type } from 'typebox'
import type { Log } from '#chassis/log.ts'
import type { PreflightResult } from '#contracts/messages/preflight-result.ts'
import type { Ring } from '../tickets/ring.ts'
import { applyPreflightResult, type PreflightKeeper } from './apply-result.ts'
import { givenUpAfterSeconds, keptDays } from './limits.ts'

/** The ticket as it was written, perhaps by an older version of us: it is for the processor to judge. */
const Due = Type.Object({
  ...{ ticketId: Type.String(), preflightId: Type.String(), accountId: Type.String(), isTest: Type.Boolean() },
  ...{ ticket: Type.Unknown(), rings: Type.Integer(), isOver: Type.Boolean() },
})

/** Tickets of one statement together stay below the 1 MiB of one answer. */
const mostAtOnce = 10

/**
 * Takes those that nobody answered in time and sets their next time, twice as long after each ring, up to ten minutes: within the hour
 * somebody answers or it is given up. Removes what is no longer kept.
 */
const takeDueSql = `
  with gone as (
    delete from preflights where status <> 'running' and (account_id, is_test, id) in (
      select account_id, is_test, id from preflights where created_at <= :keptSince::timestamptz and status <> 'running'
      order by created_at limit 200)
  )
  update preflights set rings = rings + 1,
    ring_at = :now::timestamptz + make_interval(secs => least(:patience::double precision * power(2, least(rings, 30)), 600))
  where (account_id, is_test, id) in (
    select account_id, is_test, id from preflights where status = 'running' and ring_at <= :now::timestamptz
    order by ring_at limit :limit::int for update skip locked)
  returning jsonb_build_object('ticketId', ticket->>'ticketId', 'preflightId', id, 'accountId', account_id, 'isTest', is_test,
    'ticket', ticket, 'rings', rings, 'isOver', created_at <= :overSince::timestamptz) as row`

export type PreflightSweep = PreflightKeeper & { readonly ring: Ring; readonly log: Log }

/** Rings again for every unanswered preflight whose time has come, and fails those that are an hour old. Safe to run anywhere, twice. */
export async function sweepPreflights(sweep: PreflightSweep): Promise<void> {
  const { database, ring, log, now, patienceSeconds: patience } = sweep
  for (;;) {
    const at = now()
    const before = (seconds: number): string => new Date(at.getTime() - seconds * 1000).toISOString()
    const due = await database.rows(Due, takeDueSql, {
      ...{ now: at.toISOString(), patience, limit: mostAtOnce },
      keptSince: before(keptDays * 86_400),
      overSince: before(givenUpAfterSeconds),
    })
    for (const { ticket, rings, isOver, ...about } of due) {
      const { ticketId, preflightId } = about
      if (isOver) {
        log.error({ ticketId, preflightId, rings }, 'preflight_given_up')
        await applyPreflightResult(sweep, timedOut(about, at))
      } else {
        log.info({ ticketId, preflightId, rings }, 'preflight_rung_again')
        await ring([{ id: ticketId, queue: 'process', body: ticket }])
      }
    }
    if (due.length < mostAtOnce) return
  }
}

type About = Pick<PreflightResult, 'ticketId' | 'preflightId' | 'accountId' | 'isTest'>

const timedOut = (about: About, at: Date): PreflightResult => ({
  ...{ type: 'preflight_result', ...about, at: at.toISOString() },
  ...{ outcome: 'failed', failure: 'timed_out' },
})
