import { proportionMinor } from '#contracts/money.ts'

/** Rates have up to three decimals: whole thousandths of a percent keep the reckoning exact. */
const wholeRate = 100_000

/** A listed amount with its tax: on top, or taken out of it. Rounded once, half away from zero; net and tax always add up to gross. */
export function taxed(listedMinor: number, ratePercent: number, isInclusive: boolean) {
  const rate = Math.round(ratePercent * 1000)
  if (isInclusive) {
    const net = proportionMinor(listedMinor, wholeRate, wholeRate + rate)
    return { net, tax_amount: listedMinor - net, gross: listedMinor }
  }
  const tax = proportionMinor(listedMinor, rate, wholeRate)
  return { net: listedMinor, tax_amount: tax, gross: listedMinor + tax }
}
