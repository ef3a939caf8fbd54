import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../errors.ts'

/** Why a request leads nowhere: its address has other methods, stands without the slash, or is none. */
export type WrongAddress = { readonly problem: Refused; readonly allow?: string }
type Known = { readonly pattern: RegExp; readonly methods: Set<string> }

/** Remembers the routes that are added after it. */
export function knownAddresses(server: FastifyInstance): (request: FastifyRequest) => WrongAddress {
  const known = new Map<string, Known>()
  server.addHook('onRoute', ({ url, method }) => {
    const { methods } = known.get(url) ?? { methods: new Set<string>() }
    for (const each of [method].flat()) methods.add(each)
    known.set(url, { pattern: patternOf(url), methods })
  })
  const methodsAt = (path: string): string[] =>
    [...known.values()].flatMap(({ pattern, methods }) => (pattern.test(path) ? [...methods] : []))
  return (request) => {
    const path = request.url.split('?')[0] ?? ''
    const methods = [...new Set(methodsAt(path))].sort()
    if (methods.length > 0 && !methods.includes(request.method)) {
      const allow = methods.join(', ')
      const detail = `${path} has no ${request.method}; it has ${allow}.`
      return { problem: new Refused('method_not_allowed', detail), allow }
    }
    const isSlashed = path.length > 1 && path.endsWith('/') && methodsAt(path.slice(0, -1)).length > 0
    const hint = isSlashed ? 'leave out the slash at its end' : 'see /docs'
    return { problem: new Refused('not_found', `${request.method} ${path} is not an address of this API; ${hint}.`) }
  }
}

/** Of a route such as `/v1/orders/:id`. Only asked when nothing was found. */
function patternOf(url: string): RegExp {
  const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replace(/:[^/]+/g, '[^/]+').replace(/\*/g, '.*')}$`)
}
