/** The first page of the documentation. */
export const about = `Order printed books, magazines, photo books, cards, calendars, canvases and posters. Each order goes to the facility nearest to
its recipient that can make it.

## From a file to a parcel
1. \`GET /v1/catalogue\`: choose a product; \`GET /v1/catalogue/{sku}/geometry\` says what to draw.
2. \`POST /v1/files\`, and put the bytes to the link in the answer. Or give an https address in the order.
3. \`POST /v1/preflights\` says before anybody pays whether the files can be printed, and as what.
4. \`POST /v1/quotes\` says what it costs, by every shipping method, with tax and delivery window.
5. \`POST /v1/orders\` with an \`Idempotency-Key\` and the \`quote_id\`.
6. Follow it by webhook (\`POST /v1/webhooks\`), by \`GET /v1/events\`, or with \`GET /v1/orders/{id}\`.

## Keys
\`Authorization: Bearer sk_test_…\` works in the test world: orders go the whole way, through a simulated facility, and nothing is
printed or charged. \`sk_live_…\` prints. Both worlds have the same addresses, skus and shapes. A key has scopes; the operations
below say which they need. \`pk_…\` keys are for web pages and can only sell and show.

## Rules that hold everywhere
- **Errors** are \`application/problem+json\` (RFC 9457): decide by \`code\`; \`detail\` says what was wrong and what to do, \`errors[]\`
  points at each field, \`retryable\` says whether the same request may succeed later, \`type\` leads to the explanation.
- **Retries**: wait for \`Retry-After\`, then send the same request again. With an \`Idempotency-Key\` it happens once, for ever; a
  replay says \`Idempotent-Replayed: true\`.
- **Limits**: \`RateLimit-Policy\` and \`RateLimit\` in every answer say how much is allowed and left; beyond it is \`429\`.
- **Reads** have a strong \`ETag\`; send it as \`If-None-Match\` and get \`304\` while nothing changed.
- **Lists** are \`{data, next}\`; give \`next\` as \`cursor\` (events: as \`after\`), and read nothing into it.
- **Times** are UTC ISO 8601, **money** is in minor units with its ISO 4217 currency, **lengths** are millimetres.
- **Bodies** are strict: a field that is not known is an error. Answers may gain fields; take those calmly.
- **\`X-Request-Id\`** of yours (or ours) comes back with each answer and stands in our logs.`

/** In the order in which an integrator meets them. */
export const tags = [
  { name: 'Catalogue', description: 'What can be ordered, and how to draw it. No key is needed.' },
  { name: 'Facilities', description: 'Who prints, whether they are there, and how long their work waits.' },
  {
    name: 'Files',
    description: 'Uploads, straight to storage: announce a file, put its bytes to the link, name its id in an order.',
  },
  { name: 'Preflights', description: 'Whether files can be printed, and as what, before anybody pays.' },
  {
    name: 'Quotes',
    description: 'What an order would cost, to the cent: an order with a `quote_id` is charged exactly that.',
  },
  {
    name: 'Orders',
    description:
      'Placing, following and changing orders. `GET /v1/orders/{id}/actions` says what is still possible, and until when.',
  },
  {
    name: 'Publications',
    description:
      'What a print button on a page shows and sells: title, picture, offers with margin, texts in every language. Versions, drafts, undo.',
  },
  { name: 'Events', description: 'Everything that happens to your orders, in one gapless row of numbers.' },
  { name: 'Webhooks', description: 'The same events, sent to you, signed by Standard Webhooks.' },
  { name: 'Ledger', description: 'Balances and bookings; test money for the test world.' },
  { name: 'Account', description: 'The account, its members and its API keys.' },
] as const
