import { Type } from 'typebox'
import { Pool } from 'undici'
import { readConfig } from '#chassis/config.ts'
import { serveRounds } from '../orders/serve-rounds.ts'

/** Load on one address of the checkout: kept connections, one request at a time on each. */
const { SITE_URL, PATH_ASKED, BODY_SENT } = readConfig(
  Type.Object({
    SITE_URL: Type.String({ description: 'what answers: the checkout, or bare Fastify' }),
    PATH_ASKED: Type.String({ description: 'with its query' }),
    BODY_SENT: Type.String({ default: '', description: 'JSON to POST; GET without it' }),
  }),
)
const pool = new Pool(SITE_URL, { pipelining: 1 })
const wish = {
  path: PATH_ASKED,
  method: BODY_SENT === '' ? 'GET' : 'POST',
  headers: BODY_SENT === '' ? {} : { 'content-type': 'application/json' },
  body: BODY_SENT === '' ? null : BODY_SENT,
} as const

serveRounds(async () => async () => {
  const answer = await pool.request(wish)
  const body = await answer.body.arrayBuffer()
  if (answer.statusCode !== 200 || body.byteLength === 0) throw new Error(`${PATH_ASKED}: ${answer.statusCode}`)
})
