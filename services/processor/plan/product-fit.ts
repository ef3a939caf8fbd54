import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import type { FindingCode } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { ProductFit } from '#contracts/messages/preflight-result.ts'
import type { Planned } from './plan-job.ts'

/** What would become of files as one product, in a line of a list. */
export function fitOf(product: Product, planned: Planned, roles: readonly FileRole[]): ProductFit {
  const { findings } = planned
  return {
    sku: product.sku,
    ...judgementOf(findings),
    roles: [...new Set(roles)],
    ...(planned.outcome === 'plan'
      ? { pages: planned.pages, printedPages: printedPagesOf(product, planned.pages) }
      : {}),
  }
}

/** The same of files that no product can be made of. */
export const noFit = (sku: string, findings: readonly Finding[], roles: readonly FileRole[]): ProductFit => ({
  sku,
  ...judgementOf(findings),
  roles: [...new Set(roles)],
})

const gravity = ['reject', 'warn', 'fixed'] as const

function judgementOf(findings: readonly Finding[]): Pick<ProductFit, 'gravest' | 'codes'> {
  const gravest = gravity.find((each) => findings.some(({ severity }) => severity === each))
  const sorted = gravity.flatMap((each) => findings.filter(({ severity }) => severity === each))
  const codes: readonly FindingCode[] = [...new Set(sorted.map(({ code }) => code))]
  return { ...(gravest === undefined ? {} : { gravest }), codes: [...codes] }
}
