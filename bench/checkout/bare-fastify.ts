import { readFileSync } from 'node:fs'
import { fastify } from 'fastify'
import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'

/** The limit of the checkout's answers: Fastify that sends the same bytes each time, whatever is asked. */
const { LISTEN_PORT, BODY_FILE, CONTENT_TYPE } = readConfig(
  Type.Object({
    LISTEN_PORT: Type.Integer({ description: 'port on 127.0.0.1' }),
    BODY_FILE: Type.String({ description: 'what the checkout answered' }),
    CONTENT_TYPE: Type.String({ description: 'of it' }),
  }),
)
const body = readFileSync(BODY_FILE)
const app = fastify()
app.all('/*', (_request, reply) => {
  reply.type(CONTENT_TYPE).send(body)
})
process.once('disconnect', () => process.exit())
await app.listen({ host: '127.0.0.1', port: LISTEN_PORT })
process.send?.('ready')
