import type { Ports } from './state/checkout-store.ts'
import { createRequests } from './state/requests.ts'

/** The page's surroundings in a browser. */
export const browserPorts = (): Ports => ({
  requests: createRequests(window.fetch.bind(window)),
  storage: storageOfTab(),
  later: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  showPath: (path) => history.replaceState(null, '', path),
  go: (url) => location.assign(url),
  // After the next drawing: what takes the focus may only come with it.
  focus: (id) => void requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus())),
})

/** What this tab keeps; some browsers refuse to give it at all. */
export function storageOfTab(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}
