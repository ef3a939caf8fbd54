import { Type } from 'typebox'
import { Pool } from 'undici'
import { readConfig } from '#chassis/config.ts'
import type { QuoteRequest } from '#contracts/order-api/quote.ts'
import { serveRounds } from './serve-rounds.ts'

/** Load on POST /v1/quotes: kept connections, one request at a time on each, three items to Germany, no two requests alike. */
const { API_URL, SECRET_KEY } = readConfig(
  Type.Object({
    API_URL: Type.String({ description: 'order-api itself' }),
    SECRET_KEY: Type.String({ description: 'sk_test_…' }),
  }),
)
const pool = new Pool(API_URL, { pipelining: 1 })
const headers = { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' }

const quoteOf = (index: number): QuoteRequest => ({
  recipient: { country: 'DE', postal_code: '04109' },
  items: [
    { sku: 'softcover-a5', quantity: 1 + (index % 200), pages: 32 + (index % 700), options: { finish: 'gloss' } },
    { sku: 'poster-a3', quantity: 1 + (index % 20) },
    { sku: 'poster-a2', quantity: 2, options: { finish: 'satin' } },
  ],
})

serveRounds(async () => async (index) => {
  const body = JSON.stringify(quoteOf(index))
  const answer = await pool.request({ method: 'POST', path: '/v1/quotes', headers, body })
  const text = await answer.body.text()
  if (answer.statusCode !== 201) throw new Error(`POST /v1/quotes: ${answer.statusCode} ${text}`)
})
