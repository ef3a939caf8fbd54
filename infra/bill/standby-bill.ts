import { type Load, statedLoad } from './load.ts'
import { type BillLine, priced, priceTemplate, type Template } from './price-template.ts'
import type { PriceFile } from './prices.ts'

/** What the standby costs a month, out of its own template, with what the primary keeps in its region for it. */
export const standbyBill = (template: Template, prices: PriceFile, load: Load = statedLoad): readonly BillLine[] => [
  ...priceTemplate(template, load, prices),
  // Made by the primary's stack, paid in the standby's region.
  priced({ rate: 'secret', quantity: load.secrets, what: 'replicas of secrets' }, prices),
]
