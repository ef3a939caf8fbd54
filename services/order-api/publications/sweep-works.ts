import { type Static, Type } from 'typebox'
import type { Log } from '#chassis/log.ts'
import type { Ring } from '../tickets/ring.ts'
import { applyProofResult } from './apply-proof-result.ts'
import { applyThumbnailResult } from './apply-thumbnail-result.ts'
import type { WorkKeeper, WorkRef } from './apply-work-result.ts'
import { tableOf, type WorkKind } from './works.ts'

/** The ticket as it was written, perhaps by an older version of us: it is for the processor to judge. */
const Due = Type.Object({
  ...{ ticketId: Type.String(), publicationId: Type.String(), accountId: Type.String(), isTest: Type.Boolean() },
  ...{ ticket: Type.Unknown(), rings: Type.Integer(), isDeleted: Type.Boolean() },
})

/** Tickets of one statement together stay below the 1 MiB of one answer. */
const mostAtOnce = 20

/** Twice as long after each, up to an hour: with 30 seconds to begin with, the last one is rung after six hours. */
const mostRings = 12
const longestPauseSeconds = 3_600

/** Takes those that nobody answered in time and sets their next time. */
const takeDueSql = (table: string): string => `
  update ${table} t set rings = t.rings + 1,
    ring_at = :now::timestamptz + make_interval(secs => least(:patience::double precision * power(2, least(t.rings, 30)), :longest::double precision))
  where (t.account_id, t.is_test, t.publication_id, t.key) in (
    select account_id, is_test, publication_id, key from ${table} where state = 'processing' and ring_at <= :now::timestamptz
    order by ring_at limit :limit::int for update skip locked)
  returning jsonb_build_object('ticketId', t.ticket->>'ticketId', 'publicationId', t.publication_id, 'accountId', t.account_id,
    'isTest', t.is_test, 'ticket', t.ticket, 'rings', t.rings, 'isDeleted', exists (
      select from publications p where p.account_id = t.account_id and p.is_test = t.is_test and p.id = t.publication_id
        and p.deleted_at is not null)) as row`

export type WorkSweep = WorkKeeper & {
  readonly ring: Ring
  readonly patienceSeconds: number
  readonly log: Log
}

/** Rings again for all work of a kind that nobody did in time, and gives up what nobody does. Safe to run anywhere, twice. */
export async function sweepWorks(sweep: WorkSweep, kind: WorkKind): Promise<void> {
  const { database, now, patienceSeconds: patience } = sweep
  for (;;) {
    const at = now()
    const taken = { now: at.toISOString(), patience, longest: longestPauseSeconds, limit: mostAtOnce }
    const due = await database.rows(Due, takeDueSql(tableOf[kind]), taken)
    for (const each of due) await ringOrGiveUp(sweep, kind, each, at)
    if (due.length < mostAtOnce) return
  }
}

async function ringOrGiveUp(
  sweep: WorkSweep,
  kind: WorkKind,
  { ticket, rings, isDeleted, ...about }: Static<typeof Due>,
  at: Date,
): Promise<void> {
  const { ring, log } = sweep
  const { ticketId, publicationId } = about
  if (!isDeleted && rings <= mostRings) {
    log.info({ ticketId, publicationId, rings }, `${kind}_rung_again`)
    await ring([{ id: ticketId, queue: 'process', body: ticket }])
    return
  }
  if (!isDeleted) log.error({ ticketId, publicationId, rings }, `${kind}_given_up`)
  await giveUp[kind](sweep, about, at.toISOString())
}

const failure = 'Our side did not make it within hours: nothing is wrong on yours; save the publication again.'

const giveUp: Readonly<Record<WorkKind, (keeper: WorkKeeper, about: WorkRef, at: string) => Promise<void>>> = {
  thumbnail: (keeper, about, at) => applyThumbnailResult(keeper, { type: 'thumbnail_result', ...about, at, failure }),
  proof: (keeper, about, at) => applyProofResult(keeper, { type: 'proof_result', ...about, at, failure }),
}
