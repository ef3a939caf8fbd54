import { expect, test } from 'vitest'
import { playAll } from '../../promises/p19/checkout-charged.ts'
import { checkoutSequences } from '../../promises/p19/checkout-commands.ts'

/** P19 in small; `npm run promises -- P19` plays ten thousand. */
test('whatever happens in whatever order, what was charged is what the button said and what was ordered, or it was paid back', async () => {
  const seed = 20_261_121
  const { faults, counts } = await playAll(checkoutSequences(seed, 30), false, {
    signal: new AbortController().signal,
    tell: () => undefined,
  })
  expect(faults).toEqual([])
  expect(counts.orders).toBeGreaterThan(7)
  expect(counts.refunds).toBeGreaterThan(0)
})
