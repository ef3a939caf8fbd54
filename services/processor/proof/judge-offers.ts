import { setImmediate as nextTurn } from 'node:timers/promises'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import { type ContentKind, roleOfContent } from '#contracts/catalogue/role-of-content.ts'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { JudgedFit } from '#contracts/messages/proof-result.ts'
import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import type { Facts } from '../inspect/facts.ts'
import { defaultOptionsOf } from '../job/fit-products.ts'
import { tooManyPictures } from '../job/unpack-archives.ts'
import { type Planned, planJob } from '../plan/plan-job.ts'
import { labelOf } from '../source/label.ts'

export type SeenContent = { readonly kind: ContentKind; readonly facts: readonly Facts[] }

/**
 * What each offer makes of the file: the plan of production itself, which is a pure function of what was seen. A long book is planned in some
 * milliseconds a product: in between, others have their turn. A product that is in no catalogue any more is left out.
 */
export async function judgeOffers(
  { offers, title }: Pick<ProofTicket, 'offers' | 'title'>,
  content: SeenContent,
): Promise<JudgedFit[]> {
  const fits: JudgedFit[] = []
  for (const [offer, { sku, options }] of offers.entries()) {
    const product = productOf(sku)
    if (!product) continue
    const role = roleOfContent(product, content.kind)
    const planned = plannedAs(product, role, { title, options: { ...defaultOptionsOf(product), ...options } }, content)
    const pages =
      planned.outcome === 'plan'
        ? { pages: planned.pages, printed_pages: printedPagesOf(product, planned.pages) }
        : undefined
    const outcome = pages ? 'ready' : 'rejected'
    fits.push({ offer, sku, role, outcome, ...pages, findings: [...planned.findings] })
    await nextTurn()
  }
  return fits
}

type Wanted = { readonly title: string | undefined; readonly options: Readonly<Record<string, string>> }

function plannedAs(product: Product, role: FileRole, wanted: Wanted, { kind, facts }: SeenContent): Planned {
  if (facts.length > 1 && role !== 'images') {
    return { outcome: 'reject', findings: [tooManyPictures(labelOf({ role, position: 0 }), facts.length)] }
  }
  const sources = facts.map((each, position) => ({ role, label: labelOf({ role, position }), facts: each }))
  return planJob({ product, ...wanted, ...(kind === 'picture' ? { design: asCut } : {}), sources })
}

/** A visitor sees how a picture is cut, and may choose another cut: its shape is no reason to refuse it. */
const asCut = { fit: 'fill' } as const
