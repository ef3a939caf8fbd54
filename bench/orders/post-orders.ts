import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { Pool } from 'undici'
import { readConfig } from '#chassis/config.ts'
import { posterOrder } from './poster-order.ts'
import { serveRounds } from './serve-rounds.ts'

/** Load on POST /v1/orders: kept connections, one request at a time on each, a new key for each order. */
const { API_URL, SECRET_KEY, FILE_ID } = readConfig(
  Type.Object({
    API_URL: Type.String({ description: 'order-api itself' }),
    SECRET_KEY: Type.String({ description: 'sk_test_…' }),
    FILE_ID: Type.String({ description: 'an uploaded file of that account' }),
  }),
)
const pool = new Pool(API_URL, { pipelining: 1 })
const body = JSON.stringify(posterOrder(FILE_ID))

serveRounds(async (count) => {
  const keys = Array.from({ length: count }, () => randomUUID())
  return async (index) => {
    const answer = await pool.request({
      method: 'POST',
      path: '/v1/orders',
      headers: {
        authorization: `Bearer ${SECRET_KEY}`,
        'content-type': 'application/json',
        'idempotency-key': String(keys[index]),
      },
      body,
    })
    const text = await answer.body.text()
    if (answer.statusCode !== 201) throw new Error(`POST /v1/orders: ${answer.statusCode} ${text}`)
  }
})
