import fc from 'fast-check'
import { type AccessRow, accessTable } from '../p11/access-table.ts'
import type { Owner } from './sightings.ts'

export const accounts = 3

/** One command of a sequence, as data: what a failure prints, and what is shrunk. Numbers choose among what is there at that time. */
export type Step =
  | { readonly does: 'make'; readonly by: Owner; readonly what: Makeable }
  /** Calls a route with the ids of something, whoever it belongs to. */
  | { readonly does: 'reach'; readonly by: Owner; readonly row: AccessRow; readonly thing: number }
  /** An order of one's own, and an item of something else. */
  | { readonly does: 'mix'; readonly by: Owner; readonly row: AccessRow; readonly own: number; readonly thing: number }
  | { readonly does: 'list'; readonly by: Owner; readonly path: string; readonly thing: number }
  /** Names the file, item, quote or Idempotency-Key of somebody else inside a body or a header. */
  | { readonly does: 'smuggle'; readonly by: Owner; readonly how: Smuggling; readonly thing: number }

export const makeables = ['order', 'file', 'webhook', 'key', 'member', 'publication'] as const
export type Makeable = (typeof makeables)[number]
export const smugglings = [
  'file in an order',
  'file in a preflight',
  'file in a publication',
  'publication in an order',
  'item in a reprint',
  'idempotency key',
] as const
export type Smuggling = (typeof smugglings)[number]

/** `#` stands for the id of anything. */
export const lists = [
  '/v1/orders?limit=3',
  '/v1/orders?limit=2&cursor=#order',
  '/v1/api_keys?limit=5',
  '/v1/api_keys?limit=3&cursor=#key',
  '/v1/members?limit=5',
  '/v1/webhooks',
  '/v1/publications?limit=3',
  '/v1/events?limit=5',
  '/v1/ledger/entries?limit=3',
  '/v1/ledger/entries?limit=3&order_id=#order',
  '/v1/ledger/balances',
  '/v1/account',
] as const

const by = fc.record({ account: fc.nat(accounts - 1), isTest: fc.boolean() })
const thing = fc.nat(1_000_000)
const withIds = accessTable.filter(({ ids }) => ids)
const withTwoIds = withIds.filter(({ ids }) => ids?.length === 2 && ids[0] === 'order')

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ does: fc.constant('reach'), by, row: fc.constantFrom(...withIds), thing }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('list'), by, path: fc.constantFrom(...lists), thing }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('make'), by, what: fc.constantFrom(...makeables) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('mix'), by, row: fc.constantFrom(...withTwoIds), own: thing, thing }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('smuggle'), by, how: fc.constantFrom(...smugglings), thing }) },
)

export const sequences = fc.array(step, { minLength: 3, maxLength: 6, size: 'max' })
