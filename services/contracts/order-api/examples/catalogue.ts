import type { Example } from './example.ts'

export const catalogueExamples: readonly Example[] = [
  { operation: 'GET /v1/catalogue', title: 'Everything that can be ordered' },
  { operation: 'GET /v1/catalogue/{sku}', title: 'A paperback', path: { sku: 'softcover-a5' } },
  {
    operation: 'GET /v1/catalogue/{sku}/geometry',
    title: 'A paperback of 120 pages, as Leipzig makes it',
    path: { sku: 'softcover-a5' },
    query: { pages: '120', facility: 'fac_leipzig' },
  },
  { operation: 'GET /v1/facilities', title: 'Who prints' },
  { operation: 'GET /v1/facilities/{facility}', title: 'A facility in Leipzig', path: { facility: 'fac_leipzig' } },
]
