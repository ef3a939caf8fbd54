import { Transient } from '#chassis/errors.ts'
import { rescheduled, type Work, workOf, works } from '../checkouts/work-of.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { MoneyContext } from './money-context.ts'

/** How each kind of work is done: may run twice, and throws when it has to come again. */
export type Steps = Readonly<Record<Work, (id: string) => Promise<void>>>

/** Whoever holds a checkout longer than this is dead; all calls of one sweep have limits that stay below. */
const leaseMilliseconds = 90_000

const putOffMilliseconds = 15 * 60_000

/** Out of the way of others, who would wait behind a hundred like it for ever. */
export const putOff = (store: MoneyContext['store'], now: () => Date, id: string): Promise<void> =>
  store.putOff(id, new Date(now().getTime() + putOffMilliseconds))

/**
 * Does all that is due for one checkout. Who sweeps moves its time into the future first, so that others leave it alone; each step reads anew
 * what is to be done, so that a crash anywhere only means that the next one goes on. False: somebody else has it, or nothing is due.
 */
export async function sweepCheckout(
  { store, now, log }: Pick<MoneyContext, 'store' | 'now' | 'log'>,
  steps: Steps,
  id: string,
): Promise<boolean> {
  if (!(await isClaimed(store, now, id))) return false
  const tried: Work[] = []
  for (const work of works) {
    const checkout = await store.find(id)
    if (!checkout || !workOf(checkout).includes(work)) continue
    tried.push(work)
    try {
      await steps[work](id)
    } catch (error) {
      if (error instanceof Transient) log.info({ checkoutId: id, work, reason: error.message }, 'work_put_off')
      else log.error({ err: error, checkoutId: id, work }, 'work_failed')
    }
  }
  await changeCheckout(store, id, now, (each) => rescheduled(each, tried, now()))
  return true
}

async function isClaimed(store: MoneyContext['store'], now: () => Date, id: string): Promise<boolean> {
  let isOurs = false
  const found = await changeCheckout(store, id, now, (each) => {
    isOurs = each.dueAt !== undefined && each.dueAt <= now().toISOString()
    if (!isOurs) return undefined
    return { ...each, dueAt: new Date(now().getTime() + leaseMilliseconds).toISOString() }
  })
  // Forgotten, and DynamoDB takes days to remove it.
  if (!found) await putOff(store, now, id)
  return isOurs
}
