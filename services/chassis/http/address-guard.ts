import { lookup as systemLookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

export type Address = { readonly address: string; readonly family: 4 | 6 }
export type Lookup = (hostname: string) => Promise<readonly Address[]>

/** An address that must not be fetched from; the words say what was found. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress'
}

/** Globally routed IPv6 is handed out from here only (RFC 4291 §2.4, IANA registry). */
const globalIpv6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Every address that the system knows for a name. */
export const lookupAll: Lookup = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, verbatim: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/**
 * The addresses to connect to for `url`, all of them public: https, port 443, no login in it. URL parsing has already
 * turned decimal, octal, hexadecimal and short spellings of IPv4 into the usual one. Throws ForbiddenAddress.
 */
export async function guardedAddresses(url: URL, lookup: Lookup): Promise<readonly Address[]> {
  const host = possibleHost(url)
  const addresses = ipaddr.isValid(host) ? [literal(host)] : await lookup(host)
  if (addresses.length === 0) throw new ForbiddenAddress('a name without an address')
  for (const { address } of addresses) wantPublic(address)
  return addresses
}

/** The name or the public address that `url` leads to, as far as it tells without asking anybody. Throws ForbiddenAddress. */
export function possibleHost(url: URL): string {
  if (url.protocol !== 'https:') throw new ForbiddenAddress(`${url.protocol.slice(0, -1)} instead of https`)
  if (url.username !== '' || url.password !== '') throw new ForbiddenAddress('a login inside the address')
  if (url.port !== '' && url.port !== '443') throw new ForbiddenAddress(`port ${url.port}`)
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (host === '') throw new ForbiddenAddress('an address without a name')
  if (ipaddr.isValid(host)) wantPublic(host)
  return host
}

function wantPublic(address: string): void {
  if (!isPublic(address)) throw new ForbiddenAddress('an address that is not on the public internet')
}

const literal = (host: string): Address => ({ address: host, family: host.includes(':') ? 6 : 4 })

/** One of many must not be private: whoever answers the name could otherwise choose the other one next time. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalIpv6)
}
