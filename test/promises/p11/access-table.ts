import type { Access, World } from '../../../services/order-api/routes/access.ts'

/** What an id in an address names. */
export type Named =
  | 'order'
  | 'item'
  | 'file'
  | 'key'
  | 'member'
  | 'webhook'
  | 'delivery'
  | 'preflight'
  | 'publication'
  | 'version'

/** What the two worlds of an account have in common; everything else belongs to one of them. */
export const sharedByWorlds: readonly Named[] = ['file', 'member']

export type AccessRow = {
  /** Method and pattern, as they are given to Fastify. */
  readonly route: string
  /** Who may call it: everyone, or a key with this scope. A page is public and no part of the API. */
  readonly access: Access | 'page'
  /** The only world that it works in. */
  readonly onlyIn?: World
  /** What the ids in its address name, in their order. */
  readonly ids?: readonly Named[]
  /** What gets past the checks of the body, where it needs one; `$item` stands for an id of the order. */
  readonly body?: object
}

const reprint = { items: [{ item_id: '$item' }], reason: 'torn', fault: 'publisher' }
const image = { image: 'https://example.com/b.jpg' }

/** Who may call what. A route that is added to the API and not here breaks promise P11 and the test that is run by `npm run check`. */
export const accessTable: readonly AccessRow[] = [
  { route: 'GET /v1/catalogue', access: 'public' },
  { route: 'GET /v1/catalogue/:sku', access: 'public' },
  { route: 'GET /v1/catalogue/:sku/geometry', access: 'public' },

  { route: 'GET /v1/facilities', access: 'orders:read' },
  // The same for every account: its id names nothing of anybody's.
  { route: 'GET /v1/facilities/:facility', access: 'orders:read' },

  // The code in its body is the right.
  { route: 'POST /v1/facility-enrolments', access: 'public' },

  { route: 'POST /v1/files', access: 'files:write' },
  { route: 'GET /v1/files/:id', access: 'files:read', ids: ['file'] },
  { route: 'POST /v1/quotes', access: 'quotes:write' },
  { route: 'POST /v1/preflights', access: 'preflights:write' },
  { route: 'GET /v1/preflights/:id', access: 'preflights:write', ids: ['preflight'] },

  { route: 'POST /v1/orders', access: 'orders:write' },
  { route: 'GET /v1/orders', access: 'orders:read' },
  { route: 'GET /v1/orders/:id', access: 'orders:read', ids: ['order'] },
  { route: 'GET /v1/orders/:id/events', access: 'orders:read', ids: ['order'] },
  { route: 'GET /v1/orders/:id/routing', access: 'orders:read', ids: ['order'] },
  { route: 'POST /v1/routing/simulate', access: 'orders:read', body: { policy: { split: 'never' } } },
  { route: 'GET /v1/orders/:id/actions', access: 'orders:read', ids: ['order'] },
  { route: 'POST /v1/orders/:id/hold', access: 'orders:write', ids: ['order'] },
  { route: 'POST /v1/orders/:id/release', access: 'orders:write', ids: ['order'] },
  { route: 'POST /v1/orders/:id/confirm', access: 'orders:write', ids: ['order'] },
  { route: 'POST /v1/orders/:id/reprints', access: 'orders:write', ids: ['order'], body: reprint },
  { route: 'PATCH /v1/orders/:id', access: 'orders:write', ids: ['order'], body: { shipping_method: 'express' } },
  { route: 'POST /v1/orders/:id/cancel', access: 'orders:write', ids: ['order'] },
  { route: 'PUT /v1/orders/:id/items/:item/files', access: 'orders:write', ids: ['order', 'item'], body: image },
  { route: 'GET /v1/orders/:id/items/:item/preview', access: 'orders:read', ids: ['order', 'item'] },
  { route: 'GET /v1/orders/:id/items/:item/print-file', access: 'orders:read', ids: ['order', 'item'] },
  { route: 'GET /v1/orders/:id/items/:item/preflight-report', access: 'orders:read', ids: ['order', 'item'] },
  { route: 'GET /v1/orders/:id/items/:item/receipt', access: 'orders:read', ids: ['order', 'item'] },

  { route: 'GET /v1/sales', access: 'checkout:act' },

  { route: 'POST /v1/publications', access: 'publications:write' },
  { route: 'GET /v1/publications', access: 'publications:read' },
  { route: 'GET /v1/publications/:id', access: 'publications:read', ids: ['publication'] },
  { route: 'PATCH /v1/publications/:id', access: 'publications:write', ids: ['publication'], body: { title: 'a' } },
  { route: 'DELETE /v1/publications/:id', access: 'publications:write', ids: ['publication'] },
  { route: 'POST /v1/publications/:id/publish', access: 'publications:write', ids: ['publication'] },
  { route: 'POST /v1/publications/:id/undo', access: 'publications:write', ids: ['publication'] },
  { route: 'GET /v1/publications/:id/versions', access: 'publications:read', ids: ['publication'] },
  {
    route: 'GET /v1/publications/:id/versions/:version',
    access: 'publications:read',
    ids: ['publication', 'version'],
  },
  { route: 'GET /v1/button', access: 'publications:read' },
  { route: 'PUT /v1/button', access: 'publications:write' },
  { route: 'DELETE /v1/button', access: 'publications:write' },

  { route: 'GET /v1/events', access: 'events:read' },
  { route: 'GET /v1/webhooks', access: 'webhooks:read' },
  { route: 'POST /v1/webhooks', access: 'webhooks:write' },
  { route: 'GET /v1/webhooks/:id', access: 'webhooks:read', ids: ['webhook'] },
  { route: 'PATCH /v1/webhooks/:id', access: 'webhooks:write', ids: ['webhook'], body: { description: 'a' } },
  { route: 'DELETE /v1/webhooks/:id', access: 'webhooks:write', ids: ['webhook'] },
  { route: 'POST /v1/webhooks/:id/rotate_secret', access: 'webhooks:write', ids: ['webhook'] },
  { route: 'POST /v1/webhooks/:id/test', access: 'webhooks:write', ids: ['webhook'] },
  { route: 'GET /v1/webhooks/:id/deliveries', access: 'webhooks:read', ids: ['webhook'] },
  {
    route: 'POST /v1/webhooks/:id/deliveries/:delivery/redeliver',
    access: 'webhooks:write',
    ids: ['webhook', 'delivery'],
  },

  { route: 'GET /v1/ledger/balances', access: 'ledger:read' },
  { route: 'GET /v1/ledger/entries', access: 'ledger:read' },
  { route: 'POST /v1/ledger/deposits', access: 'ledger:write', onlyIn: 'test' },

  { route: 'GET /v1/account', access: 'account:read' },
  { route: 'PATCH /v1/account', access: 'account:write', onlyIn: 'live' },
  { route: 'GET /v1/members', access: 'account:read' },
  { route: 'POST /v1/members', access: 'account:write', onlyIn: 'live' },
  { route: 'PATCH /v1/members/:id', access: 'account:write', onlyIn: 'live', ids: ['member'], body: { name: 'Eve' } },
  { route: 'DELETE /v1/members/:id', access: 'account:write', onlyIn: 'live', ids: ['member'] },
  { route: 'GET /v1/api_keys', access: 'keys:read' },
  { route: 'POST /v1/api_keys', access: 'keys:write' },
  { route: 'DELETE /v1/api_keys/:id', access: 'keys:write', ids: ['key'] },

  { route: 'GET /healthz', access: 'page' },
  { route: 'GET /errors', access: 'page' },
  { route: 'GET /openapi.json', access: 'page' },
  { route: 'GET /docs', access: 'page' },
]
