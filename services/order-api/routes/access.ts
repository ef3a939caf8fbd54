import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '#chassis/errors.ts'
import type { Scope } from '#contracts/order-api/scopes.ts'
import type { Authenticate } from '../auth/authenticate.ts'
import type { Principal } from '../auth/principal.ts'

/** Who may call a route: everyone, or a key with this scope. */
export type Access = 'public' | Scope

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: Access
  }
  interface FastifyRequest {
    principal: Principal | undefined
  }
}

/** The `config` of a route that needs a key with this scope. */
export const needs = (access: Access) => ({ access })

/** The caller of a route that needs a key. */
export function callerOf(request: FastifyRequest): Principal {
  if (request.principal) return request.principal
  throw new Error(`${request.routeOptions.url} asks for its caller and is public`)
}

/**
 * From here on every route under /v1 must say who may call it, and is only entered by those. Call it before routes are added:
 * it also writes the need of a key into the documentation.
 */
export function guardRoutes(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('principal', undefined)
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (access === undefined && route.url.startsWith('/v1/'))
      throw new Error(`${route.url} does not say who may call it`)
    if (access === undefined || access === 'public') return
    route.schema = { ...route.schema, security: [{ apiKey: [access] }] }
  })
  // Before the body is read: whoever has no key costs no parsing and learns nothing from the checks.
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (access === undefined || access === 'public') return
    const principal = await authenticate(request.headers.authorization)
    if (!principal.scopes.includes(access)) throw lacking(principal, access)
    request.principal = principal
  })
}

function lacking({ kind }: Principal, access: Scope): Refused {
  if (kind === 'publishable') {
    return new Refused('forbidden', 'A publishable key (pk_…) may not do this; use a secret key (sk_…) from a server.')
  }
  return new Refused('insufficient_scope', `This needs the scope ${access}, which the key does not have.`)
}
