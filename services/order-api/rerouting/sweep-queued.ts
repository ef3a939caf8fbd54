import { type Static, Type } from 'typebox'
import type { FacilityCauseCode } from '#contracts/facility-causes.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import { changeOrder, type OrderChanger } from '../orders/change-order.ts'
import { leftToClient, takenBack, wantBack } from '../orders/take-back.ts'
import { type ClaimPlace, claimJob } from './claim-job.ts'
import { chooserFor, type Rerouting } from './rerouting.ts'

const Waiting = Type.Object({
  ...{ orderId: Type.String(), itemId: Type.String(), jobId: Type.String(), facilityId: Type.String() },
  cause: Type.Enum(['user_request', 'unclaimed', 'facility_paused', 'facility_draining']),
})

const mostAtOnce = 100
const sideBySide = 4

/**
 * Jobs on a facility's queue that are to go elsewhere: whose wish is written down already, that nobody took for as long as the account
 * waits, whose publisher does not want them any more, or whose facility takes none. A job that a print client has is looked at again only when it was not heard of for that long.
 */
const waitingSql = `
  with waiting as (
    select i.order_id, i.id, i.doc, f.doc->>'status' as standing, i.doc->'takeBack'->>'state' as wish,
      i.doc->'cancel'->>'state' is not distinct from 'asked' as is_cancelled,
      a.routing->'reroute'->>'mode' is distinct from 'never' and t.created_at <= :now::timestamptz
        - make_interval(hours => coalesce((a.routing->'reroute'->>'unclaimed_after_hours')::int, :hours::int)) as is_late
    from order_items i
    join accounts a on a.id = i.account_id
    left join tickets t on t.id = i.doc->>'productionTicketId'
    left join facilities f on f.id = i.doc->>'facilityId'
    where i.status = 'queued' and (i.order_id, i.id) > (:order::text, :item::text)
  )
  select jsonb_build_object('orderId', order_id, 'itemId', id, 'jobId', doc->>'jobId', 'facilityId', doc->>'facilityId',
    'cause', case when is_cancelled then 'user_request' when is_late then 'unclaimed' when standing = 'draining' then 'facility_draining' else 'facility_paused' end) as row
  from waiting
  where wish = 'claiming' or (wish is null and (is_cancelled or is_late or standing is distinct from 'open'))
    or (wish = 'left' and is_late and not is_cancelled)
  order by order_id, id limit ${mostAtOnce}`

export type QueueSweep = {
  readonly changer: OrderChanger
  readonly rerouting: Rerouting
  readonly claims: ClaimPlace
  /** Jobs that nobody else could make when they were looked at, and until when they are left alone. Kept by the caller. */
  readonly resting: Map<string, number>
}

/** A closed facility may have thousands of jobs that nobody else makes; they are not decided anew every few seconds. */
const restMilliseconds = 600_000

/**
 * Takes jobs back that their facilities do not take, and has them made elsewhere; says how many. Safe to run anywhere, twice, and to die
 * at any point: the wish is in the database before the claim is put, and the claim says itself that it is ours.
 */
export async function sweepQueued(sweep: QueueSweep): Promise<number> {
  const { changer, resting } = sweep
  for (const [jobId, until] of resting) if (until <= changer.now().getTime()) resting.delete(jobId)
  let moved = 0
  for (let after = { orderId: '', itemId: '' }; ; ) {
    const waiting = await changer.database.rows(Waiting, waitingSql, {
      ...{ now: changer.now().toISOString(), hours: defaultRoutingPolicy.reroute.unclaimed_after_hours },
      ...{ order: after.orderId, item: after.itemId },
    })
    const awake = waiting.filter(({ jobId, cause }) => cause === 'user_request' || !resting.has(jobId))
    for (let from = 0; from < awake.length; from += sideBySide) {
      const done = await Promise.all(awake.slice(from, from + sideBySide).map((job) => takeOne(sweep, job)))
      moved += done.filter((isMoved) => isMoved).length
    }
    const last = waiting.at(-1)
    if (!last || waiting.length < mostAtOnce) return moved
    after = last
  }
}

type WaitingJob = Static<typeof Waiting>

/** One that cannot be taken now waits for the next sweep and keeps no other from its turn. */
async function takeOne(sweep: QueueSweep, job: WaitingJob): Promise<boolean> {
  try {
    return await takeBack(sweep, job, job.cause)
  } catch (error) {
    const { orderId, jobId, facilityId } = job
    sweep.changer.log.error({ err: error, orderId, jobId, facilityId }, 'job_not_taken_back')
    return false
  }
}

async function takeBack(sweep: QueueSweep, job: WaitingJob, cause: FacilityCauseCode): Promise<boolean> {
  const { changer, rerouting, claims } = sweep
  const { orderId, jobId, facilityId } = job
  const choose = await chooserFor(rerouting, orderId)
  const wanted = await changeOrder(changer, orderId, `take_back/${jobId}/${cause}`, wantBack(job, cause, choose))
  const item = wanted.items.find((each) => each.id === job.itemId && each.jobId === jobId)
  if (item?.takeBack?.state !== 'claiming') {
    sweep.resting.set(jobId, changer.now().getTime() + restMilliseconds)
    return false
  }
  const holder = await claimJob(claims, job, changer.now())
  const decide = holder === 'ours' ? takenBack(job, choose) : leftToClient(job)
  const at = `${item.takeBack.cause}/${item.takeBack.at}`
  const after = await changeOrder(changer, orderId, `take_back/${jobId}/${holder}/${at}`, decide)
  const isMoved = after.items.some((each) => each.id === job.itemId && each.jobId !== jobId)
  changer.log.info({ orderId, jobId, facilityId, cause, holder, isMoved }, 'job_taken_back')
  return isMoved
}
