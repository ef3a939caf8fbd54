import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '#chassis/errors.ts'
import type { Scope } from '#contracts/order-api/scopes.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import { bearerKey } from '../auth/bearer-key.ts'
import type { Principal } from '../auth/principal.ts'

/** Who may call a route: everyone, or a key with this scope. */
export type Access = 'public' | Scope

/** The world that a route works in, where it is only one. */
export type World = 'live' | 'test'

/** Whom the platform's own checkout acts for; every other key leaves it out. */
const accountHeader = 'printcloud-account'

/** A route as it was added, and who may call it; without `access` it is a page and open to everyone. */
export type GuardedRoute = {
  readonly method: string
  readonly url: string
  readonly access: Access | undefined
  readonly onlyIn: World | undefined
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: Access
    readonly onlyIn?: World
    readonly elsewhere?: string
  }
  interface FastifyRequest {
    principal: Principal | undefined
  }
  interface FastifyInstance {
    /** Every route, for the table that they are held against (promise P11). */
    guardedRoutes: GuardedRoute[]
  }
}

type Needs = { readonly access: Access; readonly onlyIn?: World; readonly elsewhere?: string }

/**
 * The `config` of a route that needs a key with this scope, and of one world where `onlyIn` says so; `elsewhere` is what those of the
 * other world are told to do instead.
 */
export const needs = (access: Access, onlyIn?: World, elsewhere?: string): Needs => ({
  access,
  ...(onlyIn && { onlyIn }),
  ...(elsewhere && { elsewhere }),
})

/** The caller of a route that needs a key. */
export function callerOf(request: FastifyRequest): Principal {
  if (request.principal) return request.principal
  throw new Error(`${request.routeOptions.url} asks for its caller and is public`)
}

type Guard = Pick<Authenticator, 'authenticate' | 'actFor'>

/**
 * From here on every route under /v1 must say who may call it, and is only entered by those. Call it before routes are added:
 * it also writes the need of a key into the documentation.
 */
export function guardRoutes(app: FastifyInstance, { authenticate, actFor }: Guard): void {
  app.decorateRequest('principal', undefined)
  const guarded: GuardedRoute[] = []
  app.decorate('guardedRoutes', guarded)
  app.addHook('onRoute', (route) => {
    const { access, onlyIn } = route.config ?? {}
    if (access === undefined && route.url.startsWith('/v1/'))
      throw new Error(`${route.url} does not say who may call it`)
    for (const method of [route.method].flat()) guarded.push({ method, url: route.url, access, onlyIn })
    if (access === undefined || access === 'public') return
    route.schema = { ...route.schema, security: [{ apiKey: [access] }] }
  })
  // Before the body is read: whoever has no key costs no parsing and learns nothing from the checks.
  app.addHook('onRequest', async (request) => {
    const { access, onlyIn, elsewhere } = request.routeOptions.config
    if (access === undefined || access === 'public') return
    const holder = await authenticate(bearerKey(request.raw))
    const account = request.headers[accountHeader]?.toString()
    const principal = account === undefined ? holder : await actFor(holder, account)
    if (!principal.scopes.includes(access)) throw lacking(principal, access)
    if (onlyIn !== undefined && principal.isTest !== (onlyIn === 'test')) throw inOtherWorld(onlyIn, elsewhere)
    request.principal = principal
    if (account !== undefined) request.log = request.log.child({ keyId: holder.keyId, actsFor: account })
  })
}

function lacking({ kind }: Principal, access: Scope): Refused {
  if (kind === 'publishable') {
    return new Refused('forbidden', 'A publishable key (pk_…) may not do this; use a secret key (sk_…) from a server.')
  }
  return new Refused('insufficient_scope', `This needs the scope ${access}, which the key does not have.`)
}

function inOtherWorld(onlyIn: World, elsewhere?: string): Refused {
  const words =
    onlyIn === 'live'
      ? 'A test key may not do this, as it would change the live world too; use a live key (sk_live_…).'
      : 'This exists in the test world only; use a test key (sk_test_…).'
  return new Refused('forbidden', elsewhere === undefined ? words : `${words} ${elsewhere}.`)
}
