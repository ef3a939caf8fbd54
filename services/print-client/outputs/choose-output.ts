import type { ProductRule } from '../config/config-file.ts'
import { mainOutput } from '../config/read-outputs.ts'

/** The name of the output that makes a product: that of the first rule whose pattern matches, else `main`; pure. */
export const chooseOutput = (products: readonly ProductRule[], sku: string): string =>
  products.find((rule) => isMatch(rule.sku, sku))?.output ?? mainOutput

/** `*` stands for any signs, none included. Without regular expressions: a pattern cannot be made to take long. */
export function isMatch(pattern: string, sku: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return sku === pattern
  const last = rest.pop() ?? ''
  if (sku.length < first.length + last.length || !sku.startsWith(first) || !sku.endsWith(last)) return false
  const end = sku.length - last.length
  let place = first.length
  for (const part of rest) {
    const found = sku.indexOf(part, place)
    if (found < 0 || found + part.length > end) return false
    place = found + part.length
  }
  return true
}
