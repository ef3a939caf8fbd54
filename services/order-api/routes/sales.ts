import { Type } from 'typebox'
import { PageSize } from '#contracts/order-api/number-text.ts'
import { SalesPage } from '#contracts/order-api/sales.ts'
import { parse } from '#contracts/parse.ts'
import { unacceptable } from '#pricing/refusals.ts'
import { presentSale } from '../sales/present-sale.ts'
import { readSales } from '../sales/read-sales.ts'
import { cursorText, readCursor, type SalesCursor, startOfSales } from '../sales/sales-cursor.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

const SalesQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({ maxLength: 400, pattern: '^[A-Za-z0-9_-]+$', description: '`next` of the page before' }),
    ),
    limit: Type.Optional(PageSize),
  },
  { additionalProperties: false },
)

/** News for the platform's own checkout: of all accounts in the world of its key. */
export const addSalesRoute: AddRoutes = (app, { database, now }) => {
  app.get('/v1/sales', {
    config: needs('checkout:act'),
    schema: {
      tags: ['Orders'],
      summary: 'What became of orders that visitors paid, of all accounts',
      querystring: SalesQuery,
      response: responses(200, SalesPage, 'What changed after', 401, 403, 422),
    },
    handler: async (request) => {
      const { isTest } = callerOf(request)
      const { after, limit = '20' } = parse('query', SalesQuery, request.query)
      const wish = { isTest, after: wantedCursor(after), limit: Number(limit), now: now() }
      const { orders, next } = await readSales(database, wish)
      return { data: orders.flatMap(presentSale), next: cursorText(next) }
    },
  })
}

function wantedCursor(after: string | undefined): SalesCursor {
  const cursor = after === undefined ? startOfSales : readCursor(after)
  if (cursor) return cursor
  throw unacceptable([{ pointer: '/after', detail: 'must be the `next` of an earlier page, unchanged' }])
}
