/** What a key may be allowed to do; every route of the API names one of these, or `public`. */
export const scopes = {
  'account:read': 'read the account, its members and its settings',
  'account:write': 'change the account, its members and its settings',
  'keys:read': 'see which API keys there are',
  'keys:write': 'make, rotate and revoke API keys',
  'files:read': 'read uploaded files',
  'files:write': 'announce files to be uploaded',
  'quotes:write': 'ask for quotes',
  'preflights:write': 'check files without an order, and read the results',
  'orders:read': 'read orders, their events and their print files',
  'orders:write': 'place, change and cancel orders',
  'events:read': 'read the event log',
  'webhooks:read': 'read webhook endpoints and what was delivered to them',
  'webhooks:write': 'make and change webhook endpoints, and deliver again',
  'ledger:read': 'read balances and bookings',
  'ledger:write': 'pay test money into a test balance',
  'publications:read': 'read publications, drafts and versions included',
  'publications:write': 'make, change, publish and delete publications',
  'checkout:write': 'start checkout sessions',
  'checkout:act': 'act for any account as the platform’s own checkout; only the operator gives it',
  'documents:read': 'read published documents',
} as const

export type Scope = keyof typeof scopes

const isScope = (name: string): name is Scope => Object.hasOwn(scopes, name)

/** Every scope, in the order of the table. */
export const allScopes: readonly Scope[] = Object.keys(scopes).filter(isScope)

/** What no key has whose row does not name it, and nobody but the operator gives. */
const operatorScopes: readonly Scope[] = ['checkout:act']

/** All that an account can do by itself, and give to its keys and members. */
export const accountScopes: readonly Scope[] = allScopes.filter((scope) => !operatorScopes.includes(scope))

/** All that the platform's checkout can ever do for an account that is not its own. */
export const checkoutScopes: readonly Scope[] = ['quotes:write', 'preflights:write', 'orders:read', 'orders:write']

/** All that a publishable key (`pk_…`) can ever do: it stands in web pages for everyone to see. */
export const publishableScopes: readonly Scope[] = ['checkout:write', 'documents:read']
