import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { createRdsData } from '#chassis/aws.ts'
import { systemClock } from '#chassis/clock.ts'
import { readConfig } from '#chassis/config.ts'
import { createDatabase } from '#chassis/database.ts'
import { createLog } from '#chassis/log.ts'
import { createAuthenticator } from '../../services/order-api/auth/authenticate.ts'
import { makeIdAt } from '../../services/order-api/orders/make-id.ts'
import { placeOrder } from '../../services/order-api/orders/place-order.ts'
import { presentOrder } from '../../services/order-api/orders/present-order.ts'
import { createPriceDirectory } from '../../services/order-api/quotes/price-directory.ts'
import { readPriceData } from '../../services/order-api/quotes/read-price-data.ts'
import { createFacilityDirectory } from '../../services/order-api/routing/facility-directory.ts'
import { fingerprintOf } from '../../services/order-api/store/idempotency.ts'
import { insertOrder, type NewOrder } from '../../services/order-api/store/insert-order.ts'
import { posterOrder } from './poster-order.ts'
import { serveRounds } from './serve-rounds.ts'

/** Load on the Data API: the statement of an order and nothing around it. The orders are made before the clock runs. */
const config = readConfig(
  Type.Object({
    DATABASE_RESOURCE_ARN: Type.String({ description: 'ARN of the cluster' }),
    DATABASE_SECRET_ARN: Type.String({ description: 'ARN of its login' }),
    DATABASE_NAME: Type.String({ description: 'database name' }),
    SECRET_KEY: Type.String({ description: 'sk_test_…' }),
    FILE_ID: Type.String({ description: 'an uploaded file of that account' }),
  }),
)
const patienceMilliseconds = 30_000
const { now } = systemClock
const database = createDatabase(createRdsData(), config)
const { authenticate } = createAuthenticator(database, now, createLog('bench', 'error'))
const { accountId, isTest, terms } = await authenticate(config.SECRET_KEY)
const log = createLog('bench', 'error')
const facilities = createFacilityDirectory(database, now, log)
const prices = createPriceDirectory(database, now, log)
const data = await readPriceData({ facilities, prices, now }, terms)
const request = posterOrder(config.FILE_ID)

serveRounds(async (count) => {
  const orders = Array.from({ length: count }, newOrder)
  return async (index) => {
    const order = orders[index]
    const { outcome } = order ? await insertOrder(database, order) : { outcome: 'absent' }
    if (outcome !== 'inserted') throw new Error(`The statement of an order: ${outcome}`)
  }
})

function newOrder(): NewOrder {
  const at = now()
  const result = placeOrder({ request, accountId, isTest, terms, data, now: at, makeId: makeIdAt(() => at) })
  if ('issues' in result) throw new Error(`The order cannot be placed: ${JSON.stringify(result.issues)}`)
  return {
    ...result.placed,
    fileIds: [config.FILE_ID],
    idempotency: { key: randomUUID(), requestSha256: fingerprintOf(request) },
    answer: { status: 201, body: JSON.stringify(presentOrder(result.placed.order)) },
    ringAt: new Date(at.getTime() + patienceMilliseconds),
  }
}
