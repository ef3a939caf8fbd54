import type { SalesTaxRate } from './tax-table.ts'

const taxed = (name: string, rate: number): SalesTaxRate => ({ name, rate, isShippingTaxed: true })
/** Shipping that is listed by itself is not taxed there. */
const goodsOnly = (name: string, rate: number): SalesTaxRate => ({ name, rate, isShippingTaxed: false })
const none = (name: string): SalesTaxRate => ({ name, rate: 0, isShippingTaxed: false })

/**
 * Sales tax of the states as it stood on 2026-01-01; looked through on 2026-11-21. Of the state alone (with what holds in all of
 * it: CA, UT, VA), without what counties, cities and districts add. Sources: Tax Foundation, "State and Local Sales Tax Rates, 2026",
 * table 1, column "state tax rate"; shipping: the states' departments of revenue, by the rule for shipping listed by itself.
 */
export const usSalesTax: Readonly<Record<string, SalesTaxRate>> = {
  AK: none('Alaska'),
  AL: goodsOnly('Alabama', 4),
  AR: taxed('Arkansas', 6.5),
  AZ: goodsOnly('Arizona', 5.6),
  CA: goodsOnly('California', 7.25),
  CO: goodsOnly('Colorado', 2.9),
  CT: taxed('Connecticut', 6.35),
  // 7 % since 2026-10-01 (KPMG, This Week in State Tax, 2025-12-15).
  DC: taxed('District of Columbia', 7),
  DE: none('Delaware'),
  FL: goodsOnly('Florida', 6),
  GA: taxed('Georgia', 4),
  HI: taxed('Hawaii', 4),
  IA: goodsOnly('Iowa', 6),
  ID: goodsOnly('Idaho', 6),
  IL: taxed('Illinois', 6.25),
  IN: taxed('Indiana', 7),
  KS: goodsOnly('Kansas', 6.5),
  KY: taxed('Kentucky', 6),
  LA: goodsOnly('Louisiana', 5),
  MA: goodsOnly('Massachusetts', 6.25),
  MD: goodsOnly('Maryland', 6),
  ME: goodsOnly('Maine', 5.5),
  MI: goodsOnly('Michigan', 6),
  MN: taxed('Minnesota', 6.875),
  MO: goodsOnly('Missouri', 4.225),
  MS: taxed('Mississippi', 7),
  MT: none('Montana'),
  NC: taxed('North Carolina', 4.75),
  ND: taxed('North Dakota', 5),
  NE: taxed('Nebraska', 5.5),
  NH: none('New Hampshire'),
  NJ: taxed('New Jersey', 6.625),
  NM: taxed('New Mexico', 4.875),
  NV: goodsOnly('Nevada', 6.85),
  NY: taxed('New York', 4),
  OH: taxed('Ohio', 5.75),
  OK: goodsOnly('Oklahoma', 4.5),
  OR: none('Oregon'),
  PA: taxed('Pennsylvania', 6),
  RI: taxed('Rhode Island', 7),
  SC: taxed('South Carolina', 6),
  SD: taxed('South Dakota', 4.2),
  TN: taxed('Tennessee', 7),
  TX: taxed('Texas', 6.25),
  UT: goodsOnly('Utah', 6.1),
  VA: goodsOnly('Virginia', 5.3),
  VT: taxed('Vermont', 6),
  WA: taxed('Washington', 6.5),
  WI: taxed('Wisconsin', 5),
  WV: taxed('West Virginia', 6),
  WY: goodsOnly('Wyoming', 4),
}
