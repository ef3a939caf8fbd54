import { setImmediate as nextTurn } from 'node:timers/promises'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import type { ProductTry } from '#contracts/catalogue/tries-of.ts'
import type { ProductFit } from '#contracts/messages/preflight-result.ts'
import type { Facts } from '../inspect/facts.ts'
import { planJob } from '../plan/plan-job.ts'
import { fitOf } from '../plan/product-fit.ts'

export type Tried = { readonly role: FileRole; readonly label: string; readonly facts: Facts }

/**
 * What each of these products would make of the files: the plan of production itself, which is a pure function of the facts.
 * A long book is planned in some milliseconds a product: in between, others have their turn.
 */
export async function fitProducts(
  tries: readonly ProductTry[],
  sources: readonly Tried[],
  title: string | undefined,
): Promise<ProductFit[]> {
  const fits: ProductFit[] = []
  for (const { sku, role } of tries) {
    const product = productOf(sku)
    // A lone picture is no block of a book, whoever asked for what.
    if (!product || (role === 'interior' && sources.some(({ facts }) => facts.kind === 'image'))) continue
    const roled = role === undefined ? sources : sources.map((source) => ({ ...source, role }))
    const planned = planJob({ product, title, options: defaultOptionsOf(product), sources: roled })
    fits.push(
      fitOf(
        product,
        planned,
        roled.map((each) => each.role),
      ),
    )
    await nextTurn()
  }
  return fits
}

export const defaultOptionsOf = ({ options }: Product): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]))
