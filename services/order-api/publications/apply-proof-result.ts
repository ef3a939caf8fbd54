import type { JudgedFit, Proof, ProofResult } from '#contracts/messages/proof-result.ts'
import type { ProofDocument } from '#contracts/published/proof-document.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { presentFinding } from '../orders/present-finding.ts'
import { proofPartOf } from '../published/render/proof-part.ts'
import { applyWorkResult, type WorkKeeper } from './apply-work-result.ts'
import type { ProofSummary } from './work-rows.ts'

/** Writes down what a publication's file looks like in print, and tells it. May run twice, as `applyWorkResult`. */
export async function applyProofResult(
  keeper: WorkKeeper,
  { publicationId, proof, failure = noWords, ...ticket }: ProofResult,
): Promise<void> {
  const summary = proof && summaryOf(proof)
  const said = summary ? { worst: summary.worst, rejected: summary.rejected } : { failure }
  await applyWorkResult(
    keeper,
    'proof',
    { publicationId, ...ticket },
    proof ? { ...publishedOf(publicationId, proof), summary: JSON.stringify(summary) } : { failure },
    {
      id: makeIdAt(keeper.now)('event'),
      type: 'publication.proofed',
      data: { publication_id: publicationId, ...said },
    },
  )
}

/** Its text byte for byte, and the name that holds the hash of it. */
function publishedOf(publicationId: string, proof: Proof): { readonly doc: string; readonly path: string } {
  const document: ProofDocument = {
    ...proof,
    fits: proof.fits.map((fit) => ({ ...fit, findings: fit.findings.map(presentFinding) })),
  }
  const doc = JSON.stringify(document)
  return { doc, path: proofPartOf(publicationId, doc).path }
}

const gravity = ['reject', 'warn', 'fixed'] as const

/** What a publisher is told. Pure. */
function summaryOf({ fits }: Proof): ProofSummary {
  const worst = gravity.find((each) => fits.some((fit) => isOf(fit, each)))
  const rejected = fits.filter(({ outcome }) => outcome === 'rejected').map(({ offer, sku }) => ({ offer, sku }))
  return { worst: worst ?? 'none', rejected }
}

const isOf = ({ outcome, findings }: JudgedFit, severity: (typeof gravity)[number]): boolean =>
  (severity === 'reject' && outcome === 'rejected') || findings.some((finding) => finding.severity === severity)

/** A processor of another version may say less. */
const noWords = 'Nobody could look at the file: save the publication again, or use another file.'
