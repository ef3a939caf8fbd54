import { Refused } from '#chassis/errors.ts'
import type { Desk } from '../../desk/desk.ts'
import type { DeskJob } from '../../desk/desk-job.ts'
import type { BodyOf, PageRequest } from '../model/requests.ts'

/** What the page needs of the desk in order to act. */
export type ActingDesk = Pick<Desk, 'report' | 'decide'>

/** Whoever stands at the page; it does not ask for names. */
const by = 'page'

/**
 * Does what somebody pressed; resolves when the journal holds it. Sent twice under one `action_id` a report counts once, a decision is
 * refused the second time. Throws Refused with a code that the page has words for, or what the desk throws.
 */
export async function act(
  desk: ActingDesk,
  job: DeskJob,
  quantity: number,
  { name, body }: PageRequest,
  now: Date,
): Promise<void> {
  const { jobId } = job
  const mark = body.action_id
  switch (name) {
    case 'accept':
      return desk.decide(jobId, { do: 'accept' }, by)
    case 'step':
      return desk.report({ jobId, status: body.step }, by, mark)
    case 'ship':
      return ship(desk, job, quantity, body)
    case 'delay':
      return desk.report({ jobId, status: 'delayed', ...delayOf(body, now) }, by, mark)
    case 'end':
      return end(desk, jobId, body)
    case 'decide':
      return decide(desk, jobId, body)
    default:
      return name satisfies never
  }
}

/** One status a parcel. What is there already, from a request whose answer was lost, is not counted twice. */
async function ship(desk: ActingDesk, job: DeskJob, quantity: number, body: BodyOf<'ship'>): Promise<void> {
  const { jobId, parcels: known } = job
  const isKnown = (parcel: { readonly carrier: string; readonly number: string }) =>
    known.some(({ carrier, number }) => carrier === parcel.carrier && number === parcel.number)
  const fresh = body.parcels.filter((parcel) => !isKnown(parcel))
  const gone = known.reduce((sum, parcel) => sum + parcel.quantity, 0)
  const copies = fresh.reduce((sum, parcel) => sum + parcel.quantity, gone)
  if (copies > quantity)
    throw new Refused(
      'too_many_copies',
      `The parcels hold ${copies} copies, the job has ${quantity}: correct the numbers`,
    )
  if (new Set(fresh.map(({ carrier, number }) => `${carrier}\n${number}`)).size < fresh.length)
    throw new Refused('parcel_twice', 'Two parcels have the same number: each parcel has its own')
  for (const [place, tracking] of body.parcels.entries()) {
    if (isKnown(tracking)) continue
    await desk.report({ jobId, status: 'shipped', tracking }, by, `${body.action_id}-${place}`)
  }
}

const statusOfEnd = { fail: 'failed', cancel: 'cancelled', lost: 'lost' } as const

/** The end of the shop's working day, where the client stands. */
function delayOf({ expected_on, cause }: BodyOf<'delay'>, now: Date) {
  const expected = new Date(`${expected_on}T17:00:00`)
  if (expected.getTime() <= now.getTime())
    throw new Refused('day_past', `${expected_on} is over: give a day that is still to come`)
  return { expectedAt: expected.toISOString(), ...(cause === undefined ? {} : { cause }) }
}

function end(desk: ActingDesk, jobId: string, { how, cause, action_id }: BodyOf<'end'>): Promise<void> {
  if (how === 'reject') return desk.decide(jobId, { do: 'reject', cause }, by)
  return desk.report({ jobId, status: statusOfEnd[how], cause }, by, action_id)
}

function decide(desk: ActingDesk, jobId: string, { decision, action_id }: BodyOf<'decide'>): Promise<void> {
  if (decision === 'printed') return desk.report({ jobId, status: 'printed' }, by, action_id)
  return desk.decide(jobId, { do: decision === 'print' ? 'release' : 'drop' }, by)
}
