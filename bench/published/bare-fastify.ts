import { readFileSync } from 'node:fs'
import { fastify } from 'fastify'
import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'

/** The limit of published reads: Fastify with one route that answers the same bytes each time, with the headers that name them. */
const { LISTEN_PORT, BODY_FILE, PATH_SERVED } = readConfig(
  Type.Object({
    LISTEN_PORT: Type.Integer({ description: 'port on 127.0.0.1' }),
    BODY_FILE: Type.String({ description: 'the packed document' }),
    PATH_SERVED: Type.String({ description: 'its address' }),
  }),
)
const body = readFileSync(BODY_FILE)
const app = fastify()
app.get(PATH_SERVED, (_request, reply) => {
  reply.header('content-encoding', 'br').type('application/json; charset=utf-8').send(body)
})
process.once('disconnect', () => process.exit())
await app.listen({ host: '127.0.0.1', port: LISTEN_PORT })
process.send?.('ready')
