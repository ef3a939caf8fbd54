import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Of what is the same for everyone. */
const publicSeconds = 60

/** Says of every answer who may keep it: the catalogue everyone for a minute, an account's own only its owner, who asks each time. */
export function addCaching(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (reply.getHeader('cache-control') === undefined) {
      reply.header('cache-control', cacheControlOf(request, reply.statusCode))
    }
    done()
  })
}

function cacheControlOf({ method, routeOptions }: FastifyRequest, status: number): string {
  if (status >= 400 || (method !== 'GET' && method !== 'HEAD')) return 'no-store'
  if (routeOptions.config.access === 'public') return `public, max-age=${publicSeconds}`
  return 'private, no-cache'
}
