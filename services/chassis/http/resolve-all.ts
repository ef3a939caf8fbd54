import { Resolver } from 'node:dns/promises'
import type { Address, Lookup } from './address-guard.ts'

/** The second try waits twice as long: under five seconds in all. */
const patience = { timeout: 1_500, tries: 2 } as const

/**
 * Every address of a name, from DNS alone. The system's own look-up keeps one of the four threads that all look-ups and files of a
 * process share: a few names whose servers never answer would hold up everything else. `servers`: other than the system's.
 */
export function createResolveAll(servers?: readonly string[]): Lookup {
  const resolver = new Resolver(patience)
  if (servers) resolver.setServers(servers)
  return async (hostname) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    const found = [...addressesIn(four, 4), ...addressesIn(six, 6)]
    if (found.length === 0 && four.status === 'rejected') throw four.reason
    return found
  }
}

const addressesIn = (result: PromiseSettledResult<readonly string[]>, family: 4 | 6): readonly Address[] =>
  result.status === 'fulfilled' ? result.value.map((address) => ({ address, family })) : []
