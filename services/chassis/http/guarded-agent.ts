import { Agent } from 'undici'
import { type Address, guardedAddresses, type Lookup } from './address-guard.ts'

/** Which addresses of others may be called: public ones, and the origins that the operator exempts. */
export type AddressRules = { readonly allowedOrigins: readonly string[]; readonly lookup: Lookup }

export type CallTimes = {
  readonly connectMilliseconds: number
  readonly headersMilliseconds: number
  /** Of silence in the body. */
  readonly idleMilliseconds: number
}

/**
 * An agent for one call of `url`. The address is looked up and checked here, and the connection goes to what was checked: a name
 * that leads elsewhere a moment later leads nowhere. Destroy it after the call. Throws ForbiddenAddress, or what the look-up throws.
 */
export async function guardedAgent(url: URL, rules: AddressRules, times: CallTimes): Promise<Agent> {
  const addresses = await callableAddresses(url, rules)
  return new Agent({
    connect: { timeout: times.connectMilliseconds, ...(addresses ? { lookup: pinned(addresses) } : {}) },
    headersTimeout: times.headersMilliseconds,
    bodyTimeout: times.idleMilliseconds,
    pipelining: 0,
  })
}

/** The checked addresses of `url`; undefined when its origin is exempt. Throws ForbiddenAddress, or what the look-up throws. */
export async function callableAddresses(
  url: URL,
  { allowedOrigins, lookup }: AddressRules,
): Promise<readonly Address[] | undefined> {
  return allowedOrigins.includes(url.origin) ? undefined : await guardedAddresses(url, lookup)
}

/** The origins of a setting: with commas between, and none when it is empty. */
export const originsOf = (setting: string): readonly string[] =>
  setting
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')

/** undici asks for all addresses or for one, as Node's own look-up does. */
type LookupDone = (error: Error | null, found: string | Address[], family?: number) => void
const pinned =
  (addresses: readonly Address[]) =>
  (_host: string, options: { readonly all?: boolean | undefined }, done: LookupDone): void => {
    const [first] = addresses
    if (options.all) done(null, [...addresses])
    else if (first) done(null, first.address, first.family)
  }
