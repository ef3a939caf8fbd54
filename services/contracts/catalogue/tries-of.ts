import { catalogue } from './catalogue.ts'
import type { FileRole, Product } from './product.ts'

/** A product that files might become; `role` where a lone file has another one there. */
export type ProductTry = { readonly sku: string; readonly role?: FileRole }

/** A lone file is the block of one product and the picture of another: it is tried as whatever the product takes. */
const lone: readonly FileRole[] = ['interior', 'image']

/** The products that take files in exactly these roles, in the order of the catalogue. */
export function triesOf(roles: readonly string[]): ProductTry[] {
  const given = [...new Set(roles)].sort().join()
  const others = lone.some((role) => role === given) ? lone.filter((role) => role !== given) : []
  return catalogue.flatMap((product): ProductTry[] => {
    if (takes(product, given)) return [{ sku: product.sku }]
    const role = others.find((each) => takes(product, each))
    return role === undefined ? [] : [{ sku: product.sku, role }]
  })
}

const takes = ({ fileSets }: Product, roles: string): boolean =>
  fileSets.some((set) => [...set].sort().join() === roles)
