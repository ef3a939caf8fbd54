import { Type } from 'typebox'
import { Pool } from 'undici'
import { readConfig } from '#chassis/config.ts'
import { serveRounds } from '../orders/serve-rounds.ts'

/** Load on one published document: kept connections, one request at a time on each, as a browser asks. */
const { SITE_URL, PATH_READ } = readConfig(
  Type.Object({
    SITE_URL: Type.String({ description: 'what answers: the front door, or bare Fastify' }),
    PATH_READ: Type.String({ description: 'address of the document' }),
  }),
)
const pool = new Pool(SITE_URL, { pipelining: 1 })
const headers = { accept: 'application/json', 'accept-encoding': 'gzip, deflate, br, zstd' }

serveRounds(async () => async () => {
  const answer = await pool.request({ method: 'GET', path: PATH_READ, headers })
  const body = await answer.body.arrayBuffer()
  if (answer.statusCode !== 200 || body.byteLength === 0) throw new Error(`GET ${PATH_READ}: ${answer.statusCode}`)
})
