import type { VatRates } from './tax-table.ts'

/**
 * VAT of the 27 member states as it stood on 2026-01-01; looked through on 2026-11-21.
 * Source: European Commission, "Taxes in Europe" database (TEDB), VAT rates; reduced rate: printed books (Directive 2006/112/EC,
 * annex III no. 6). Postal codes: territories outside the VAT area or with rates of their own (the same directive, art. 6, and
 * art. 104–105 for AT and PT).
 */
export const vatOfTheUnion: Readonly<Record<string, VatRates>> = {
  // Jungholz and Mittelberg have 19 %.
  AT: { standard: 20, printedBook: 10, exceptPostalCodes: ['6691', '6991', '6992', '6993'] },
  BE: { standard: 21, printedBook: 6 },
  BG: { standard: 20, printedBook: 9 },
  CY: { standard: 19, printedBook: 3 },
  CZ: { standard: 21, printedBook: 0 },
  // Büsingen and Heligoland.
  DE: { standard: 19, printedBook: 7, exceptPostalCodes: ['78266', '27498'] },
  // The end of the VAT on books was announced for 2026; until it is in the TEDB the standard rate stays here.
  DK: { standard: 25 },
  EE: { standard: 24, printedBook: 9 },
  // Canary Islands, Ceuta, Melilla.
  ES: { standard: 21, printedBook: 4, exceptPostalCodes: ['35', '38', '51', '52'] },
  // Åland.
  FI: { standard: 25.5, printedBook: 13.5, exceptPostalCodes: ['22'] },
  // Overseas departments.
  FR: { standard: 20, printedBook: 5.5, exceptPostalCodes: ['97', '98'] },
  // Mount Athos.
  GR: { standard: 24, printedBook: 6, exceptPostalCodes: ['63086'] },
  HR: { standard: 25, printedBook: 5 },
  HU: { standard: 27, printedBook: 5 },
  IE: { standard: 23, printedBook: 0 },
  // Livigno and Campione d’Italia.
  IT: { standard: 22, printedBook: 4, exceptPostalCodes: ['23041', '22061'] },
  LT: { standard: 21, printedBook: 5 },
  LU: { standard: 17, printedBook: 3 },
  LV: { standard: 21, printedBook: 5 },
  MT: { standard: 18, printedBook: 5 },
  NL: { standard: 21, printedBook: 9 },
  PL: { standard: 23, printedBook: 5 },
  // Madeira and the Azores.
  PT: { standard: 23, printedBook: 6, exceptPostalCodes: ['9'] },
  RO: { standard: 21, printedBook: 11 },
  SE: { standard: 25, printedBook: 6 },
  SI: { standard: 22, printedBook: 5 },
  SK: { standard: 23, printedBook: 5 },
}
