import { otherVat } from './other-vat.ts'
import type { TaxClass } from './tax-class.ts'
import { usSalesTax } from './us-sales-tax.ts'
import { vatOfTheUnion } from './vat-of-the-union.ts'

/** Rates of a country with value-added tax, in percent with at most three decimals. */
export type VatRates = {
  readonly standard: number
  /** Where it differs from the standard rate. */
  readonly printedBook?: number
  /** Places with the country's code where its VAT does not hold: what their postal codes begin with. There is no data for them. */
  readonly exceptPostalCodes?: readonly string[]
}

/** Rates of a state: of the state alone, without what counties and cities add. */
export type SalesTaxRate = { readonly name: string; readonly rate: number; readonly isShippingTaxed: boolean }

/** Every tax that we know, by the country it is sent to; a country that is not here has no data, which is not a rate of 0. */
export type TaxTable = {
  readonly vat: Readonly<Record<string, VatRates>>
  readonly salesTax: Readonly<Record<string, Readonly<Record<string, SalesTaxRate>>>>
}

export const taxTable: TaxTable = { vat: { ...vatOfTheUnion, ...otherVat }, salesTax: { US: usSalesTax } }

/** The rate of a class of product in a country with VAT. */
export const vatRateOf = (rates: VatRates, taxClass: TaxClass): number =>
  taxClass === 'printed_book' ? (rates.printedBook ?? rates.standard) : rates.standard
