import type { RequestName } from '../model/requests.ts'
import type { Overview } from '../model/view.ts'

/** What the client said: what there is, the same as before, that it is done, a no, or nothing. */
export type Answer =
  | { readonly kind: 'overview'; readonly overview: Overview }
  | { readonly kind: 'same' }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'lost' }

export type PageRequests = {
  readonly overview: () => Promise<Answer>
  readonly act: (jobId: string, name: RequestName, body: object) => Promise<Answer>
}

const limitMs = 15_000

/**
 * Requests to the client that made this page; one that gets no answer may be sent again. What there is is told in the order in which it was
 * asked for, and while something is done only after it: an answer from before would show the old state again.
 */
export function createRequests(send: typeof fetch): PageRequests {
  let known = ''
  let asked = 0
  /** Whoever asked before this gets old news. */
  let freshFrom = 0
  let doing = 0
  const overview = async (): Promise<Answer> => {
    asked += 1
    const mine = asked
    try {
      const headers: Record<string, string> = known === '' ? {} : { 'if-none-match': known }
      const response = await send('/api/overview', { headers, signal: AbortSignal.timeout(limitMs), cache: 'no-store' })
      if (response.status === 304) return { kind: 'same' }
      const value: unknown = await response.json()
      if (!response.ok || !isOverview(value)) return { kind: 'lost' }
      if (doing > 0 || mine < freshFrom) return { kind: 'same' }
      freshFrom = mine
      known = response.headers.get('etag') ?? ''
      return { kind: 'overview', overview: value }
    } catch {
      // The client is being restarted, or is gone: the page says so and asks again.
      return { kind: 'lost' }
    }
  }
  const act: PageRequests['act'] = async (jobId, name, body) => {
    doing += 1
    try {
      const response = await send(`/api/jobs/${jobId}/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(limitMs),
      })
      const value: unknown = await response.json()
      if (response.ok) return { kind: 'done' }
      if (!isProblem(value) || response.status >= 500) return { kind: 'lost' }
      return { kind: 'refused', code: value.code, detail: value.detail }
    } catch {
      // Nobody knows what became of it; the same action sent again counts once.
      return { kind: 'lost' }
    } finally {
      doing -= 1
      freshFrom = asked + 1
    }
  }
  return { overview, act }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isOverview = (value: unknown): value is Overview =>
  isObject(value) && Array.isArray(value.jobs) && isObject(value.health)
const isProblem = (value: unknown): value is { readonly code: string; readonly detail: string } =>
  isObject(value) && typeof value.code === 'string' && typeof value.detail === 'string'
