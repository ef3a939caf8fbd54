import type { VatRates } from './tax-table.ts'

/**
 * VAT outside the Union as it stood on 2026-01-01; looked through on 2026-11-21. Sources: gov.uk "VAT rates" and VAT Notice 701/10
 * (books); Swiss VAT Act art. 25; Norwegian VAT Act § 5-1 and § 6-4, and the Storting's rates for 2026.
 */
export const otherVat: Readonly<Record<string, VatRates>> = {
  CH: { standard: 8.1, printedBook: 2.6, exceptPostalCodes: ['7562', '7563'] },
  GB: { standard: 20, printedBook: 0 },
  // Svalbard and Jan Mayen.
  NO: { standard: 25, printedBook: 0, exceptPostalCodes: ['917', '8099'] },
}
