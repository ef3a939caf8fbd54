import fc from 'fast-check'

/** What is ordered: places in `goods`, with copies. */
export type Basket = {
  readonly items: readonly { readonly good: number; readonly quantity: number }[]
  readonly place: number
  readonly method: 'standard' | 'express'
}

/** What happens next. `of` chooses among the orders, or the quotes, that there are. */
export type Command =
  | { readonly type: 'quote'; readonly basket: Basket }
  | { readonly type: 'order_quoted'; readonly of: number; readonly copies: number }
  | { readonly type: 'order_changed'; readonly of: number; readonly more: number }
  | { readonly type: 'order_forged'; readonly of: number; readonly at: number }
  | { readonly type: 'order'; readonly basket: Basket; readonly copies: number }
  | { readonly type: 'draft'; readonly basket: Basket; readonly isWithoutFiles: boolean; readonly copies: number }
  | {
      readonly type: 'confirm'
      readonly of: number
      readonly isQuoted: boolean
      /** Prices that change between the quote and the confirmation. */
      readonly book: number
      readonly percent: number
    }
  | { readonly type: 'order_later'; readonly basket: Basket; readonly copies: number }
  | { readonly type: 'send_files'; readonly of: number; readonly all: boolean }
  | { readonly type: 'edit_prices'; readonly book: number; readonly percent: number }
  | { readonly type: 'ship_otherwise'; readonly of: number }
  | { readonly type: 'cancel'; readonly of: number; readonly item: number; readonly alsoFails: boolean }
  | { readonly type: 'fail'; readonly of: number; readonly item: number }
  | { readonly type: 'print'; readonly of: number }
  | { readonly type: 'reprint'; readonly of: number; readonly fault: 'facility' | 'platform' | 'publisher' }
  | { readonly type: 'a_day_passes' }

/** How an account pays: out of little or much, or on an invoice; in which world. */
export type Customer = { readonly paysIn: number | 'invoice'; readonly isTest: boolean }

export type Sequence = { readonly customer: Customer; readonly commands: readonly Command[] }

const of = fc.nat({ max: 5 })
const basket = fc.record({
  items: fc.array(fc.record({ good: fc.nat({ max: 3 }), quantity: fc.integer({ min: 1, max: 30 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  place: fc.nat({ max: 4 }),
  method: fc.constantFrom('standard' as const, 'express' as const),
})
const copies = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(2, 3) })

const edit = { book: fc.nat({ max: 6 }), percent: fc.integer({ min: 50, max: 200 }) }

const of0 = fc.constant(0)
const draftCommand = fc.record({ type: fc.constant('draft' as const), basket, isWithoutFiles: fc.boolean(), copies })
const confirmCommand = fc.record({ type: fc.constant('confirm' as const), of, isQuoted: fc.boolean(), ...edit })
const fault = fc.constantFrom('facility' as const, 'platform' as const, 'publisher' as const)

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('quote' as const), basket }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('order_quoted' as const), of, copies }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('order_changed' as const), of, more: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('order_forged' as const), of, at: fc.nat({ max: 10_000 }) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('order' as const), basket, copies }) },
  { weight: 4, arbitrary: draftCommand },
  { weight: 5, arbitrary: confirmCommand },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('order_later' as const), basket, copies }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('send_files' as const), of, all: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('edit_prices' as const), ...edit }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('ship_otherwise' as const), of }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('cancel' as const),
      of,
      item: fc.nat({ max: 2 }),
      alsoFails: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('fail' as const), of, item: fc.nat({ max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('print' as const), of }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('reprint' as const),
      of,
      fault,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('a_day_passes' as const) }) },
)

const customer = fc.record({
  paysIn: fc.oneof(
    { weight: 3, arbitrary: fc.constant(100_000_000) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 60_000 }) },
    { weight: 2, arbitrary: fc.constant('invoice' as const) },
  ),
  isTest: fc.boolean(),
})

/** As it was quoted; as a draft that is confirmed; with files that come later, printed again, and failed after that. */
const bought: fc.Arbitrary<readonly Command[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.record({ type: fc.constant('quote' as const), basket }),
      fc.record({ type: fc.constant('order_quoted' as const), of, copies }),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(draftCommand, confirmCommand) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.record({ type: fc.constant('order_later' as const), basket, copies }),
      fc.record({ type: fc.constant('send_files' as const), of: of0, all: fc.constant(true) }),
      fc.record({ type: fc.constant('print' as const), of: of0 }),
      fc.record({ type: fc.constant('reprint' as const), of: of0, fault }),
      fc.record({ type: fc.constant('fail' as const), of: of0, item: fc.nat({ max: 2 }) }),
    ),
  },
)

/** Everybody begins with an order; the same seed makes the same sequences. */
export const sequencesOf = (seed: number, count: number): readonly Sequence[] =>
  fc.sample(
    fc
      .record({ customer, bought, after: fc.array(command, { minLength: 2, maxLength: 9, size: 'max' }) })
      .map((each) => ({ customer: each.customer, commands: [...each.bought, ...each.after] })),
    { seed, numRuns: count },
  )
