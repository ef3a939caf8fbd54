import { ForbiddenAddress, possibleHost } from '#chassis/http/address-guard.ts'
import type { Issue } from '#contracts/parse.ts'

/** Names that lead nowhere but to the one who asks, or into somebody's own network (RFC 6761, 6762, 9476). */
const privateNames = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid|onion|alt)$/i

/** What an address says by itself; where its name leads is looked at when it is fetched, each time. */
export function addressIssues(text: string, pointer: string, allowedOrigins: readonly string[]): Issue[] {
  if (allowedOrigins.includes(URL.parse(text)?.origin ?? '')) return []
  const found = faultOf(text)
  if (found === undefined) return []
  return [{ pointer, detail: `it is ${found}; give a public https address on port 443, without a login in it` }]
}

/** An origin as browsers write it, of one host: what lies there may be printed. */
export function originIssues(text: string, pointer: string, allowedOrigins: readonly string[]): Issue[] {
  const issues = addressIssues(text, pointer, allowedOrigins)
  const origin = URL.parse(text)?.origin
  if (issues.length > 0 || origin === text) return issues
  return [{ pointer, detail: `is written ${origin}; found ${text}` }]
}

function faultOf(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'something that is not an address'
  try {
    const host = possibleHost(url)
    const isName = !/[:]|^[\d.]+$/.test(host)
    if (isName && (!host.includes('.') || privateNames.test(host))) return 'a name that is not on the public internet'
    return undefined
  } catch (error) {
    if (error instanceof ForbiddenAddress) return error.message
    throw error
  }
}
