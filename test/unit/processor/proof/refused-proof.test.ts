import { expect, test } from 'vitest'
import { findingCodes } from '#contracts/finding-codes.ts'
import { finding } from '../../../../services/processor/job/finding.ts'
import { refusedProof } from '../../../../services/processor/proof/refused-proof.ts'

const offers = [
  { sku: 'softcover-a5', options: {} },
  { sku: 'gone-a5', options: {} },
  { sku: 'poster-a3', options: {} },
]
const words = { found: 'found', wanted: 'wanted', action: 'action' }

test.each(findingCodes.reject)(
  'a file refused for %s either refuses every offer or is told to its publisher',
  (code) => {
    const { proof, failure } = refusedProof({ offers }, [finding(code, words)])
    expect([proof, failure].filter((each) => each !== undefined)).toHaveLength(1)
    if (proof) {
      expect(proof.fits.map(({ offer, sku, outcome }) => [offer, sku, outcome])).toEqual([
        [0, 'softcover-a5', 'rejected'],
        [2, 'poster-a3', 'rejected'],
      ])
    }
  },
)

test('a server that is away for an hour closes no sale', () => {
  expect(refusedProof({ offers }, [finding('SOURCE_UNREACHABLE', words)])).not.toHaveProperty('proof')
})
