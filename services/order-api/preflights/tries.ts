import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import type { ItemFiles } from '#contracts/order-api/order.ts'

export type ProductTry = PreflightTicket['tries'][number]

/** A lone file is the block of one product and the picture of another: it is tried as whatever the product takes. */
const lone: readonly FileRole[] = ['interior', 'image']

/** The products that take files in these roles, in the order of the catalogue. */
export function triesOf(files: ItemFiles): ProductTry[] {
  const given = Object.keys(files).sort().join()
  const others = lone.some((role) => role === given) ? lone.filter((role) => role !== given) : []
  return catalogue.flatMap((product): ProductTry[] => {
    if (takes(product, given)) return [{ sku: product.sku }]
    const role = others.find((each) => takes(product, each))
    return role === undefined ? [] : [{ sku: product.sku, role }]
  })
}

const takes = ({ fileSets }: Product, roles: string): boolean =>
  fileSets.some((set) => [...set].sort().join() === roles)
