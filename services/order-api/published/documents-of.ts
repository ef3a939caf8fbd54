import type { CurrencyCode } from '#contracts/money.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import type { DocumentRef } from './touch-sql.ts'

/** The list of products. */
export const catalogueDocument: DocumentRef = { path: documentPaths.catalogue, kind: 'catalogue', subject: {} }

/** Who makes what. */
export const facilitiesDocument: DocumentRef = { path: documentPaths.facilities, kind: 'facilities', subject: {} }

/** Both documents of a currency. */
export const documentsOfCurrency = (currency: CurrencyCode): readonly DocumentRef[] => [
  { path: documentPaths.prices(currency), kind: 'prices', subject: { currency } },
  { path: documentPaths.offers(currency), kind: 'offers', subject: { currency } },
]

/** A page that comes with the release, or what it loads. */
export const documentOfPage = (file: string): DocumentRef => ({
  path: documentPaths.pageFile(file),
  kind: 'page',
  subject: { file },
})
