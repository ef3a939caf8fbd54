import { productOf } from '#contracts/catalogue/catalogue.ts'
import { roleOfContent } from '#contracts/catalogue/role-of-content.ts'
import type { FindingCode } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'
import type { ProofResult } from '#contracts/messages/proof-result.ts'
import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import { failureWords } from '../thumbnail/failure-words.ts'
import { withinBytes } from './within-bytes.ts'

/** Nobody has seen the file: nothing can be said of it. */
const unseen: readonly FindingCode[] = [
  'SOURCE_NOT_UPLOADED',
  'SOURCE_UNREACHABLE',
  'SOURCE_ADDRESS_FORBIDDEN',
  'SOURCE_MISMATCH',
  'PROCESSING_FAILED',
]

/**
 * What is told of a file that cannot be had, or not be opened: the first is a failure for its publisher to mend, the second a proof that
 * refuses everything, so that nobody sells it.
 */
export function refusedProof(
  { offers }: Pick<ProofTicket, 'offers'>,
  findings: readonly Finding[],
): Pick<ProofResult, 'proof' | 'failure'> {
  if (findings.some(({ code }) => unseen.includes(code))) return { failure: failureWords(findings) }
  const fits = offers.flatMap(({ sku }, offer) => {
    const product = productOf(sku)
    if (!product) return []
    const role = roleOfContent(product, 'document')
    return [{ offer, sku, role, outcome: 'rejected' as const, findings: [...findings] }]
  })
  return { proof: withinBytes({ object: 'proof', kind: 'document', shown: [], fits }) }
}
