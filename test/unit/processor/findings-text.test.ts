import { expect, test } from 'vitest'
import { findingsText } from '../../../services/processor/cli/findings-text.ts'
import { aProduct, pdf, planned } from './plan/planning.ts'

test('what differs from place to place is said of each: where it is printed, what is wanted, what to do', () => {
  const sides = { left: 2, bottom: 20, right: 8, top: 20 }
  const { findings } = planned(aProduct('softcover-a5'), pdf(40, 148, 210, { textToSidesMm: sides }))
  const text = findingsText(findings, false).replace(/\s+/g, ' ')
  expect(text).toContain('interior · page 1 · on the cover: text less than')
  expect(text).toMatch(/from the fold, on the side of the binding \(pages 1, 3.* Wanted: at least 12.7 mm/)
  expect(text).toContain('Move the text inwards')
  expect(text).toContain('Widen the inner margin')
})
