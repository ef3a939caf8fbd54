import { fastify } from 'fastify'
import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'

/** The limit of reads: Fastify with one route that answers the same bytes each time. */
const { LISTEN_PORT, BODY } = readConfig(
  Type.Object({
    LISTEN_PORT: Type.Integer({ description: 'port on 127.0.0.1' }),
    BODY: Type.String({ description: 'an order, as order-api answers it' }),
  }),
)
const app = fastify()
app.get('/v1/orders/:id', (_request, reply) => {
  reply.type('application/json; charset=utf-8').send(BODY)
})
process.once('disconnect', () => process.exit())
await app.listen({ host: '127.0.0.1', port: LISTEN_PORT })
process.send?.('ready')
