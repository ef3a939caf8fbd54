import type { Tax } from '#contracts/order-api/charges.ts'
import type { TaxClass } from '#contracts/taxes/tax-class.ts'
import { type TaxTable, type VatRates, vatRateOf } from '#contracts/taxes/tax-table.ts'
import type { Destination } from './price-order.ts'
import { taxUnknown, unacceptable } from './refusals.ts'

/** How things are taxed that go to one place. */
export type PlaceTax = {
  readonly kind: Tax['kind']
  readonly jurisdiction: string
  readonly ratePercent: (taxClass: TaxClass) => number
  readonly isShippingTaxed: boolean
}

export const untaxed: PlaceTax = { kind: 'none', jurisdiction: '', ratePercent: () => 0, isShippingTaxed: false }

/**
 * The tax of a destination. Throws Refused: `invalid_request` where the country needs its state, `tax_unknown` where there are no data.
 * `pointer` is where the request says the address.
 */
export function placeTaxOf(destination: Destination, taxes: TaxTable, pointer: string): PlaceTax {
  const { country } = destination
  const rates = Object.hasOwn(taxes.vat, country) ? taxes.vat[country] : undefined
  if (rates) return vatOf(destination, rates, pointer)
  const states = Object.hasOwn(taxes.salesTax, country) ? taxes.salesTax[country] : undefined
  if (states) return salesTaxOf(destination, states, pointer)
  const known = [...Object.keys(taxes.vat), ...Object.keys(taxes.salesTax)].sort().join(', ')
  throw taxUnknown({ pointer: `${pointer}/country`, detail: `there is tax data for ${known}; found ${country}` })
}

function vatOf({ country, postalCode }: Destination, rates: VatRates, pointer: string): PlaceTax {
  const code = bareCode(postalCode ?? '', country)
  const except = (rates.exceptPostalCodes ?? []).find((start) => code.startsWith(start))
  if (except !== undefined) {
    const detail = `what begins with ${except} is outside the VAT of ${country} or has rates of its own, which are not known here`
    throw taxUnknown({ pointer: `${pointer}/postal_code`, detail })
  }
  return {
    kind: 'vat',
    jurisdiction: country,
    ratePercent: (taxClass) => vatRateOf(rates, taxClass),
    isShippingTaxed: true,
  }
}

/** "ES-35001", "35 001" and "35001" are one code, also in the wide digits of an Asian keyboard. */
const bareCode = (postalCode: string, country: string): string => {
  const bare = postalCode
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
  return bare.startsWith(country) ? bare.slice(country.length) : bare
}

function salesTaxOf({ country, state }: Destination, states: TaxTable['salesTax'][string], pointer: string): PlaceTax {
  if (state === undefined || state.trim() === '') {
    const detail = `is required for ${country}: the tax depends on it; two letters such as CA`
    throw unacceptable([{ pointer: `${pointer}/state`, detail }])
  }
  const code = stateCodeOf(state, country, states)
  const found = code === undefined ? undefined : states[code]
  if (code === undefined || !found) {
    const detail = `must be a state of ${country}, as two letters or by its name; found "${state}"`
    throw taxUnknown({ pointer: `${pointer}/state`, detail })
  }
  return {
    kind: found.rate === 0 ? 'none' : 'sales_tax',
    jurisdiction: `${country}-${code}`,
    ratePercent: () => found.rate,
    isShippingTaxed: found.isShippingTaxed,
  }
}

/** "CA", "ca", "US-CA" and "California" are one state. */
function stateCodeOf(state: string, country: string, states: TaxTable['salesTax'][string]): string | undefined {
  const wanted = state.trim().toUpperCase()
  const code = wanted.startsWith(`${country}-`) ? wanted.slice(country.length + 1) : wanted
  if (Object.hasOwn(states, code)) return code
  return Object.keys(states).find((each) => states[each]?.name.toUpperCase() === wanted)
}
