/** What an answer's Cache-Control allows a shared cache. */
export type Lifetime = {
  /** Whether it may be kept at all. */
  readonly isKept: boolean
  readonly freshSeconds: number
  /** After that it may be served so long while a new one is fetched … */
  readonly whileRevalidatingSeconds: number
  /** … and so long when none can be had. */
  readonly onErrorSeconds: number
}

/** `revalidate`: serve it, and ask in the background. `ask`: serve it only when nobody answers. `over`: not at all. */
export type Standing = 'fresh' | 'revalidate' | 'ask' | 'over'

/** RFC 9111 §1.2.2: a cache may take any longer time for this one. */
const longestSeconds = 2 ** 31

/**
 * Reads Cache-Control as a shared cache (RFC 9111), with the two directives of RFC 5861. Those are the explicit permission for stale answers
 * that `s-maxage` alone would forbid (§4.2.4, §5.2.2.10); `no-cache` and `must-revalidate` take it back. What says nothing is asked for each time.
 */
export function lifetimeOf(cacheControl: string): Lifetime {
  const directives = directivesOf(cacheControl)
  const says = (name: string): boolean => directives.has(name)
  const seconds = (name: string): number => directives.get(name) ?? 0
  if (says('no-store') || says('private')) return nothing
  if (says('no-cache')) return { ...nothing, isKept: true }
  const freshSeconds = says('s-maxage') ? seconds('s-maxage') : seconds('max-age')
  if (says('must-revalidate') || says('proxy-revalidate')) return { ...nothing, isKept: true, freshSeconds }
  return {
    isKept: true,
    freshSeconds,
    whileRevalidatingSeconds: seconds('stale-while-revalidate'),
    onErrorSeconds: seconds('stale-if-error'),
  }
}

const nothing: Lifetime = { isKept: false, freshSeconds: 0, whileRevalidatingSeconds: 0, onErrorSeconds: 0 }

/** How an answer of that age may be used. */
export function standingOf(lifetime: Lifetime, ageSeconds: number): Standing {
  const staleSeconds = ageSeconds - lifetime.freshSeconds
  if (!lifetime.isKept) return 'over'
  if (staleSeconds < 0) return 'fresh'
  if (staleSeconds < lifetime.whileRevalidatingSeconds) return 'revalidate'
  return staleSeconds < lifetime.onErrorSeconds ? 'ask' : 'over'
}

/** Directives with their seconds; of one that is said twice the shorter time, of an unreadable one none. */
function directivesOf(cacheControl: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const part of cacheControl.split(',')) {
    const [name = '', value = ''] = part.split('=', 2).map((each) => each.trim().toLowerCase())
    if (name === '') continue
    const digits = value.replace(/^"(.*)"$/, '$1')
    const seconds = /^\d+$/.test(digits) ? Math.min(Number(digits), longestSeconds) : 0
    found.set(name, Math.min(found.get(name) ?? longestSeconds, seconds))
  }
  return found
}
