import fc from 'fast-check'
import type { Deed } from '../../../local/cloud/payments/paying.ts'
import type { Weather } from '../../loopback/button-checkout/money/order-desk.ts'

/** What may happen around one checkout. A tab acts on what it saw last. */
export type Step =
  | { readonly do: 'look' | 'pay' | 'done'; readonly tab: number }
  | { readonly do: 'edit'; readonly tab: number; readonly quantity: number }
  | { readonly do: 'act'; readonly tab: number; readonly deed: Deed }
  | { readonly do: 'margin' | 'prices' | 'pass' | 'partly'; readonly amount: number }
  | { readonly do: 'settle'; readonly as: 'succeeded' | 'failed' }
  | { readonly do: 'webhook'; readonly how: 'newest' | 'any' | 'forged' | 'old'; readonly pick: number }
  | { readonly do: 'sweep' | 'follow' | 'cancel' | 'cancelled' | 'store_away' | 'store_back' }
  | { readonly do: 'api'; readonly weather: Weather }
  | { readonly do: 'provider'; readonly fault: 'unavailable' | 'lost_answer'; readonly count: number }

/** Several things in one entry happen at the same time. */
export type Sequence = { readonly quantity: number; readonly moments: readonly (readonly Step[])[] }

const tab = fc.integer({ min: 0, max: 1 })
const kind = <K extends Step['do']>(name: K) => fc.constant(name)
const quantity = fc.integer({ min: 1, max: 5 })

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: kind('look'), tab }) },
  { weight: 5, arbitrary: fc.record({ do: kind('pay'), tab }) },
  { weight: 2, arbitrary: fc.record({ do: kind('done'), tab }) },
  { weight: 3, arbitrary: fc.record({ do: kind('edit'), tab, quantity }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: kind('act'),
      tab,
      deed: fc.constantFrom<Deed>('pay', 'pay', 'pay', 'refuse', 'later_paid', 'later_failed'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: kind('settle'), as: fc.constantFrom('succeeded' as const, 'failed' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: kind('margin'), amount: fc.integer({ min: 0, max: 900 }) }) },
  { weight: 2, arbitrary: fc.record({ do: kind('prices'), amount: fc.integer({ min: 50, max: 200 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: kind('webhook'),
      how: fc.constantFrom('newest' as const, 'any' as const, 'any' as const, 'forged' as const, 'old' as const),
      pick: fc.nat(50),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: kind('sweep') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('follow') }) },
  /** Seconds. */
  { weight: 3, arbitrary: fc.record({ do: kind('pass'), amount: fc.constantFrom(1, 20, 120, 900, 4000, 9000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: kind('api'),
      weather: fc.constantFrom<Weather>('fine', 'fine', 'down', 'broken', 'lost', 'refuses', 'shut'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: kind('provider'),
      fault: fc.constantFrom('unavailable' as const, 'lost_answer' as const),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: kind('store_away') }) },
  { weight: 2, arbitrary: fc.record({ do: kind('store_back') }) },
  /** The customer, at the order page; and whoever sells or prints it. */
  { weight: 2, arbitrary: fc.record({ do: kind('cancel') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('cancelled') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('partly'), amount: fc.integer({ min: 1, max: 99 }) }) },
)

const moment = fc.oneof(
  { weight: 4, arbitrary: fc.array(step, { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(step, { minLength: 2, maxLength: 3 }) },
)
/** Somebody clicks and pays, which mere chance seldom does in that order. */
const purchase = fc
  .tuple(tab, fc.constantFrom<Deed>('pay', 'pay', 'later_paid'))
  .map(([each, deed]): readonly (readonly Step[])[] => [
    [{ do: 'look', tab: each }],
    [{ do: 'pay', tab: each }],
    [{ do: 'act', tab: each, deed }],
  ])
const moments = (most: number) => fc.array(moment, { minLength: 1, maxLength: most, size: 'max' })
const sequence: fc.Arbitrary<Sequence> = fc
  .tuple(quantity, moments(8), fc.oneof(fc.constant([]), purchase, purchase), moments(14))
  .map(([copies, before, bought, after]) => ({ quantity: copies, moments: [...before, ...bought, ...after] }))

/** The same seed makes the same sequences. */
export const checkoutSequences = (seed: number, count: number): readonly Sequence[] =>
  fc.sample(sequence, { seed, numRuns: count })
