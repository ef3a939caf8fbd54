import type { Finding } from '#contracts/findings.ts'
import { mostProofBytes, type Proof } from '#contracts/messages/proof-result.ts'
import { mostFindingsOfFit } from '#contracts/published/proof-document.ts'

/** The proof with the gravest findings of each offer: as many as may be, and all of it together no larger than may be. Pure. */
export function withinBytes(proof: Proof): Proof {
  const fits = proof.fits.map((fit) => ({ ...fit, findings: gravestFirst(fit.findings) }))
  for (let most = mostFindingsOfFit; most > 0; most -= 1) {
    const shorter = { ...proof, fits: fits.map((fit) => ({ ...fit, findings: fit.findings.slice(0, most) })) }
    if (Buffer.byteLength(JSON.stringify(shorter)) <= mostProofBytes) return shorter
  }
  return { ...proof, fits: fits.map((fit) => ({ ...fit, findings: [] })) }
}

const gravity = ['reject', 'warn', 'fixed'] as const

const gravestFirst = (findings: readonly Finding[]): Finding[] =>
  gravity.flatMap((each) => findings.filter(({ severity }) => severity === each))
