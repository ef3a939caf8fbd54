import { expect, test } from 'vitest'
import type { ProofDocument } from '#contracts/published/proof-document.ts'
import { asSeen } from '../../../services/button-checkout/offer/as-seen.ts'

const cart = { offer: 0, quantity: 1, options: {} }
const proofOf = (kind: ProofDocument['kind']): { proof: ProofDocument } => ({
  proof: { object: 'proof', kind, shown: [], fits: [] },
})

test('a picture that a visitor left as it is is ordered as it was judged: filling its product', () => {
  expect(asSeen(proofOf('picture'), cart)).toEqual({ ...cart, design: { fit: 'fill' } })
})

test('what a visitor said, and what is no picture, stays as it is', () => {
  const said = { ...cart, design: { rotate: 90, fit: 'fit' } } as const
  expect(asSeen(proofOf('picture'), said)).toBe(said)
  expect(asSeen(proofOf('document'), cart)).toBe(cart)
  expect(asSeen({ proof: undefined }, cart)).toBe(cart)
})
