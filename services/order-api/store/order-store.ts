import { type Database, ResultTooLarge } from '#chassis/database.ts'
import type { Order } from '../orders/order.ts'
import { createFindOrder } from './find-orders.ts'
import { createOrderAnswers, type OrderAnswer } from './order-answers.ts'
import { assembleOrders, Part, selectParts } from './order-rows.ts'

/** Whose orders: an account's live or its test ones. A test key cannot see, let alone cancel, what is really printed. */
export type Owner = { readonly accountId: string; readonly isTest: boolean }

/** Reading orders. Foreign and unknown ids are the same: undefined. */
export type OrderStore = {
  readonly find: (owner: Owner, orderId: string) => Promise<Order | undefined>
  readonly answer: (owner: Owner, orderId: string) => Promise<OrderAnswer | undefined>
  /** For the worker, which serves all accounts: also says whether this cause was already applied. */
  readonly findForCause: (orderId: string, cause: string) => Promise<{ order: Order; isSeen: boolean } | undefined>
  /** Newest first, below `before`. */
  readonly list: (owner: Owner, before: string | undefined, limit: number) => Promise<Order[]>
}

const selectForCause = selectParts({
  filter: 'o.id = :id::text',
  more: `select jsonb_build_object('orderId', o.id, 'kind', 'seen', 'row', e.sequence), 4, 0
   from o join events e on e.account_id = o.account_id and e.order_id = o.id where e.cause = :cause::text`,
})

const selectPage = selectParts({
  filter: `o.account_id = :account::text and o.id in (
    select id from orders
    where account_id = :account::text and is_test = :isTest::boolean and id < :before::text order by id desc
    limit :limit::int offset :skip::int)`,
})

/** Above every id that can exist: the start of a list. */
const afterAll = 'ord_~'

export function createOrderStore(database: Database): OrderStore {
  const find = createFindOrder(database)
  const page = async (owner: Owner, before: string, skip: number, limit: number): Promise<Order[]> => {
    try {
      const { accountId: account, isTest } = owner
      const parameters = { account, isTest, before, limit, skip }
      return assembleOrders(await database.rows(Part, selectPage, parameters))
    } catch (error) {
      if (!(error instanceof ResultTooLarge) || limit === 1) throw error
      // Orders differ in size by a factor of a hundred: halves until they fit into the 1 MiB of one answer.
      const half = Math.ceil(limit / 2)
      const first = await page(owner, before, skip, half)
      return [...first, ...(await page(owner, before, skip + half, limit - half))]
    }
  }
  return {
    find: async (owner, orderId) => {
      const order = await find(owner, orderId)
      if (order === 'same') throw new Error('An order is the same as one that nobody knew')
      return order
    },
    answer: createOrderAnswers(find),
    findForCause: async (orderId, cause) => {
      const parts = await database.rows(Part, selectForCause, { id: orderId, cause })
      const order = assembleOrders(parts)[0]
      return order && { order, isSeen: parts.some(({ kind }) => kind === 'seen') }
    },
    list: async (owner, before = afterAll, limit) => {
      const orders = await page(owner, before, 0, limit)
      return orders.sort((a, b) => (a.id < b.id ? 1 : -1))
    },
  }
}
