import { expect, test } from 'vitest'
import type { Finding } from '#contracts/findings.ts'
import { mostProofBytes, type Proof } from '#contracts/messages/proof-result.ts'
import { withinBytes } from '../../../../services/processor/proof/within-bytes.ts'

const aFinding = (severity: Finding['severity'], page: number, length: number): Finding => ({
  code: severity === 'reject' ? 'RESOLUTION_TOO_LOW' : severity === 'warn' ? 'RESOLUTION_LOW' : 'BOXES_SET',
  ...{ severity, file: 'interior', page, found: 'é'.repeat(length), wanted: 'w', why: 'y', action: 'a' },
})

const proofOf = (offers: number, findings: readonly Finding[]): Proof => ({
  ...{ object: 'proof', kind: 'document', shown: [] },
  fits: Array.from({ length: offers }, (_, offer) => ({
    ...{ offer, sku: 'softcover-a5', outcome: 'ready' as const, findings: [...findings] },
  })),
})

test('the gravest thirty findings of an offer are told, each kind in the order of its pages', () => {
  const findings = Array.from({ length: 90 }, (_, index) =>
    aFinding((['fixed', 'warn', 'reject'] as const)[index % 3] ?? 'fixed', index + 1, 10),
  )
  const [fit] = withinBytes(proofOf(1, findings)).fits
  expect(fit?.findings.map(({ severity }) => severity)).toEqual(Array.from({ length: 30 }, () => 'reject'))
  expect(fit?.findings.map(({ page }) => page)).toEqual(Array.from({ length: 30 }, (_, index) => 3 + 3 * index))
})

test('of many offers with long words fewer each, and never more than the size of the answer', () => {
  const findings = Array.from({ length: 90 }, (_, index) => aFinding('warn', index + 1, 300))
  for (const offers of [1, 2, 5, 20]) {
    const proof = withinBytes(proofOf(offers, findings))
    expect(Buffer.byteLength(JSON.stringify(proof))).toBeLessThanOrEqual(mostProofBytes)
    const counts = new Set(proof.fits.map((fit) => fit.findings.length))
    expect([proof.fits.length, counts.size]).toEqual([offers, 1])
    expect(Math.max(...counts)).toBeGreaterThan(0)
  }
})
