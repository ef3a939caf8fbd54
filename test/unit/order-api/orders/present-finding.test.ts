import { expect, test } from 'vitest'
import type { Finding } from '#contracts/findings.ts'
import { ShownFinding } from '#contracts/order-api/finding.ts'
import { issuesOf } from '#contracts/parse.ts'
import { presentFinding } from '../../../../services/order-api/orders/present-finding.ts'

const finding: Finding = {
  ...{ code: 'TEXT_NEAR_TRIM', severity: 'warn', file: 'interior', page: 3 },
  ...{ found: '1 mm', wanted: '3 mm', why: 'it may be cut off', action: 'move it' },
}

test.each([
  [[1], '1'],
  [[1, 2, 3, 7], '1-3, 7'],
  [[2, 4, 6], '2, 4, 6'],
  [[1, 2, 4, 5], '1-2, 4-5'],
  [Array.from({ length: 50 }, (_, n) => n + 1), '1-50'],
])('a finding names its printed pages as ranges, in the words of the API: %j', (pages, shown) => {
  const where = { xMm: 1.005, yMm: 2, widthMm: 3, heightMm: 4 }
  const presented = presentFinding({ ...finding, printedOn: { component: 'interior', pages }, where })
  expect(presented).toEqual({
    ...finding,
    printed_on: { component: 'interior', pages: shown },
    where: { x_mm: expect.any(Number), y_mm: 2, width_mm: 3, height_mm: 4 },
  })
  expect(issuesOf(ShownFinding, presented)).toEqual([])
})

test('a finding that is nowhere in the print files says so by leaving it out', () => {
  expect(presentFinding(finding)).toEqual(finding)
})
