import type { FastifyRequest } from 'fastify'
import { Refused } from '#chassis/errors.ts'
import type { Authenticate, Principal } from '../auth/authenticate.ts'

/** The caller of a route that acts on orders and files: a secret key is required. */
export async function secretCaller(request: FastifyRequest, authenticate: Authenticate): Promise<Principal> {
  const principal = await authenticate(request.headers.authorization)
  if (principal.kind === 'secret') return principal
  throw new Refused('forbidden', 'A publishable key (pk_…) may not do this; use a secret key (sk_…) from a server.')
}
