import type { OperationWords } from './example.ts'

const pricing = ['price_unknown', 'shipping_unknown', 'tax_unknown'] as const
const quoted = ['quote_invalid', 'quote_expired', 'quote_mismatch'] as const
const printFile = (what: string): OperationWords => ({
  description: `Gives a link that is valid for a quarter of an hour: ${what}. Ask again for a new link.`,
  problems: ['print_file_not_ready', 'files_expired'],
})

/** From the catalogue to the parcel. */
export const orderWords: Readonly<Record<string, OperationWords>> = {
  'GET /v1/catalogue': {
    description:
      'Every product with its sizes, files, options and page counts. It changes seldom: keep it for a minute.',
  },
  'GET /v1/catalogue/{sku}': { description: 'One product, as it stands in the list.', problems: ['not_found'] },
  'GET /v1/catalogue/{sku}/geometry': {
    description:
      'What to draw: sheets, boxes, spine and the least pixels, to the hundredth of a millimetre. With `facility` as that facility makes it: its bleed, its paper and so its spine.',
  },
  'GET /v1/facilities': {
    description:
      'Every facility: what it makes, whether its print clients are there, how many jobs wait and since when, how often it was late. Counted in the world of the key, at most 15 s old.',
  },
  'GET /v1/facilities/{facility}': { description: 'One facility, as it stands in the list.', problems: ['not_found'] },
  'POST /v1/files': {
    description:
      'Send the bytes with `PUT` to `upload.url`, with exactly the headers in `upload.headers`, within six hours. They go straight to storage and not through the API. Then name the id in an order or a preflight.',
  },
  'GET /v1/files/{id}': {
    description: 'Whether the bytes have arrived; until then the answer has a fresh link for them.',
  },
  'GET /v1/preflights/{id}': {
    description: 'How far it is, or its result: findings, products that fit, pictures of the pages.',
  },
  'POST /v1/quotes': { problems: pricing },
  'POST /v1/orders': {
    description:
      'One order a key, for ever: the same `Idempotency-Key` with the same body gets the same bytes again, with the header `Idempotent-Replayed: true`; with another body it is refused. Sent five times at once it is one order, too. Files are ids of uploads or https addresses; `files_later` waits for them, `draft` waits for you.',
    needsIdempotencyKey: true,
    problems: [...pricing, ...quoted, 'insufficient_credit', 'reference_taken'],
  },
  'GET /v1/orders': {
    description: 'Newest first, of the world of the key. `next` is the cursor of the next page; null on the last.',
  },
  'GET /v1/orders/{id}': {
    description:
      'The order with its items, parcels, issues, charges and the facilities that were considered. Poll it with `If-None-Match`.',
  },
  'PATCH /v1/orders/{id}': {
    description:
      'Changes the recipient or the shipping method while the order is not released. What then costs more or less is charged or given back.',
    problems: ['action_not_allowed', 'insufficient_credit', ...pricing],
  },
  'GET /v1/orders/{id}/routing': {
    description:
      'The facilities that were weighed when it was placed, with what each scored and why it was chosen or not, the policy of then, and where each item is made now.',
  },
  'GET /v1/orders/{id}/actions': {
    description: 'Every action: whether it is possible now, or has to be asked of the facility, and until when.',
  },
  'POST /v1/orders/{id}/cancel': { problems: ['action_not_allowed'] },
  'POST /v1/orders/{id}/hold': { problems: ['action_not_allowed'] },
  'POST /v1/orders/{id}/release': { problems: ['action_not_allowed'] },
  'POST /v1/orders/{id}/confirm': {
    problems: ['action_not_allowed', 'insufficient_credit', ...pricing, ...quoted],
  },
  'PUT /v1/orders/{id}/items/{item}/files': {
    description: 'For items that wait for their files, whose files were rejected, and all others until the release.',
    problems: ['action_not_allowed'],
  },
  'GET /v1/orders/{id}/events': {
    description:
      'All that happened to this order, oldest first, with its own gapless numbers. `GET /v1/events` has those of all orders.',
  },
  'GET /v1/orders/{id}/items/{item}/print-file': printFile(
    'the PDF that goes to the press; `component` chooses among several',
  ),
  'GET /v1/orders/{id}/items/{item}/preview': printFile('a picture of a page as it will be printed'),
  'GET /v1/orders/{id}/items/{item}/preflight-report': printFile('everything that preflight saw, as JSON'),
  'GET /v1/orders/{id}/items/{item}/receipt': printFile(
    'inputs, rules, versions and hashes, as JSON: the same inputs give the same file',
  ),
  'GET /v1/sales': {
    description:
      'For the platform’s own checkout: orders of all accounts in the world of its key, in the order in which they changed last. Ask again with `next` as `after`, also after a page with nothing in it; some things come twice, and nothing is left out.',
  },
  'POST /v1/orders/{id}/reprints': {
    needsIdempotencyKey: true,
    problems: [...pricing, 'action_not_allowed', 'insufficient_credit', 'files_expired'],
  },
}
