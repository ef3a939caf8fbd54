import { Refused } from '#chassis/errors.ts'
import type { Payments } from '../payment/payments.ts'
import { stateOf } from './state-of.ts'
import type { Wares } from './wares.ts'

const words = {
  upcoming: 'The sale of this has not begun yet.',
  ended: 'The sale of this has ended.',
  closed: 'This cannot be bought at the moment.',
} as const

/** Throws Refused `sale_closed` before and after the time of its sale, and where its world cannot be paid in. */
export function requireSale({ sale }: Pick<Wares, 'sale'>, payments: Pick<Payments, 'isOpen'>, now: Date): void {
  const state = stateOf(sale, now)
  if (state !== 'open') throw new Refused('sale_closed', words[state])
  if (!payments.isOpen(sale.is_test)) throw new Refused('sale_closed', words.closed)
}
