import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import type { Ring } from './ring.ts'

const Due = Type.Object({
  ...{ id: Type.String(), queue: Type.String(), rings: Type.Integer(), body: Type.Unknown() },
  isTaken: Type.Boolean({ description: 'somebody has the work in hand: it takes the time it takes' }),
})

/** Tickets taken in one statement; their bodies together stay below the 1 MiB of one answer. */
const mostAtOnce = 15
/** From this many rings on, somebody should look. */
const overdueRings = 8

/** Statuses of an item that waits for somebody to take its ticket. */
const waiting = `'pending', 'processing', 'queued'`

/**
 * Takes the tickets that nobody answered in time and sets their next time: twice as long after each ring, up to 6 hours,
 * so that a facility that is away for a month finds a few copies of each ticket and not thousands. A facility that took a
 * job is asked what became of it for 90 days: shorter than its print client remembers, as some shops never say "shipped".
 * 2^1024 overflows, and one such ticket would stop the sweep of all: the exponent has a bound.
 */
const takeDueSql = `
  update tickets t set rings = rings + 1,
    ring_at = case
      when i.status in (${waiting}) or t.created_at > :now::timestamptz - interval '90 days'
      then :now::timestamptz + make_interval(secs => least(:patience::double precision * power(2, least(rings, 30)), 21600))
      else 'infinity'::timestamptz end
  from order_items i
  where i.account_id = t.account_id and i.order_id = t.order_id and i.id = t.item_id and t.id in (
    select id from tickets where answered_at is null and ring_at <= :now::timestamptz
    order by ring_at limit :limit::int for update skip locked)
  returning jsonb_build_object('id', t.id, 'queue', t.queue, 'rings', t.rings, 'body', t.body,
    'isTaken', i.status not in (${waiting})) as row`

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
    for (const { id, queue, rings, isTaken } of due) {
      if (rings >= overdueRings && !isTaken) log.error({ ticketId: id, queue, rings }, 'ticket_overdue')
      else log.info({ ticketId: id, queue, rings }, 'ticket_rung_again')
    }
    if (due.length < mostAtOnce) return rung
  }
}
