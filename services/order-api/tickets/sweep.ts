import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import type { Ring } from './ring.ts'

const Due = Type.Object({ id: Type.String(), queue: Type.String(), rings: Type.Integer(), body: Type.Unknown() })

/** Tickets taken in one statement; their bodies together stay below the 1 MiB of one answer. */
const mostAtOnce = 15
/** From this many rings on, somebody should look. */
const overdueRings = 8

/**
 * Takes the tickets that nobody answered in time and sets their next time: twice as long after each ring, up to 6 hours,
 * so that a facility that is away for a month finds a few copies of each ticket and not thousands.
 */
const takeDueSql = `
  update tickets set rings = rings + 1,
    ring_at = :now::timestamptz + make_interval(secs => least(:patience::double precision * power(2, rings), 21600))
  where id in (
    select id from tickets where answered_at is null and ring_at <= :now::timestamptz
    order by ring_at limit :limit::int for update skip locked)
  returning jsonb_build_object('id', id, 'queue', queue, 'rings', rings, 'body', body) as row`

export type Sweep = {
  readonly database: Database
  readonly ring: Ring
  readonly log: Log
  readonly now: () => Date
  readonly patienceSeconds: number
}

/** Rings again for every unanswered ticket whose time has come: the queues may have lost everything. Safe to run anywhere, twice. */
export async function sweepTickets({ database, ring, log, now, patienceSeconds }: Sweep): Promise<number> {
  let rung = 0
  for (;;) {
    const parameters = { now: now().toISOString(), patience: patienceSeconds, limit: mostAtOnce }
    const due = await database.rows(Due, takeDueSql, parameters)
    await ring(due)
    rung += due.length
    for (const { id, queue, rings } of due) {
      if (rings >= overdueRings) log.error({ ticketId: id, queue, rings }, 'ticket_overdue')
      else log.info({ ticketId: id, queue, rings }, 'ticket_rung_again')
    }
    if (due.length < mostAtOnce) return rung
  }
}
