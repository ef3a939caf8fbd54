import { productOf } from '#contracts/catalogue/catalogue.ts'
import { presentProduct } from '../../../services/order-api/catalogue/present-product.ts'

/** A product as it is published. */
export function productShown(sku: string) {
  const product = productOf(sku)
  if (!product) throw new Error(`${sku} is not in the catalogue`)
  return presentProduct(product)
}
