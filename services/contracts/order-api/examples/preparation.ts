import { exampleQuote } from '../quote.ts'
import type { Example } from './example.ts'

/** What comes before an order: its files, their preflight, its price. */
export const preparationExamples: readonly Example[] = [
  {
    operation: 'POST /v1/files',
    title: 'A PDF of 2.4 MB',
    body: { filename: 'lighthouse.pdf', content_type: 'application/pdf', size_bytes: 2_418_330 },
    keeps: { file: '/id' },
  },
  { operation: 'GET /v1/files/{id}', title: 'Not there yet', path: { id: '$file' } },
  {
    operation: 'POST /v1/preflights',
    title: 'A book, for one product',
    body: { sku: 'softcover-a5', files: { interior: 'https://example.com/lighthouse.pdf' } },
    keeps: { preflight: '/id' },
  },
  { operation: 'GET /v1/preflights/{id}', title: 'Its result', path: { id: '$preflight' } },
  { operation: 'POST /v1/quotes', title: 'Books and a poster to Utrecht', body: exampleQuote, keeps: { quote: '/id' } },
]
