import { Type } from 'typebox'
import { Pool } from 'undici'
import { readConfig } from '#chassis/config.ts'
import { serveRounds } from './serve-rounds.ts'

/** Load on GET /v1/orders/:id: kept connections, one request at a time on each, one order after the other. */
const { API_URL, SECRET_KEY, ORDER_IDS } = readConfig(
  Type.Object({
    API_URL: Type.String({ description: 'what answers: order-api itself, or bare Fastify' }),
    SECRET_KEY: Type.String({ description: 'sk_test_…' }),
    ORDER_IDS: Type.String({ description: 'orders to read, with commas between' }),
  }),
)
const pool = new Pool(API_URL, { pipelining: 1 })
const paths = ORDER_IDS.split(',').map((id) => `/v1/orders/${id}`)
const headers = { authorization: `Bearer ${SECRET_KEY}` }

serveRounds(async () => async (index) => {
  const answer = await pool.request({ method: 'GET', path: String(paths[index % paths.length]), headers })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`GET an order: ${answer.statusCode} ${text}`)
})
