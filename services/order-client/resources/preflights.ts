import type { Read } from '../cache/freshness.ts'
import type { Preflight, PreflightRequest } from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { segment } from '../pages.ts'
import type { Api } from './api.ts'

/** Checking files before anything is ordered. */
export type PreflightCalls = {
  /** Small files are answered at once; otherwise `status` is running: see `wait`. */
  readonly create: (request: PreflightRequest, options?: CallOptions) => Promise<Preflight>
  readonly get: (id: string, options?: CallOptions) => Promise<Read<Preflight>>
  /** Asks until it is completed or failed. Give a signal to wait no longer than you want. */
  readonly wait: (id: string, options?: CallOptions) => Promise<Read<Preflight>>
}

const firstPauseMilliseconds = 250
const longestPauseMilliseconds = 5_000

export function preflightCalls(api: Api): PreflightCalls {
  const get: PreflightCalls['get'] = (id, options) => api.readNow(`/v1/preflights/${segment(id)}`, options)
  return {
    create: (body, options) => api.write({ ...options, method: 'POST', path: '/v1/preflights', body }),
    get,
    wait: async (id, options) => {
      for (let pause = firstPauseMilliseconds; ; pause = Math.min(longestPauseMilliseconds, pause * 1.5)) {
        const preflight = await get(id, options)
        if (preflight.status !== 'running') return preflight
        await api.surroundings.wait(pause, options?.signal)
      }
    },
  }
}
