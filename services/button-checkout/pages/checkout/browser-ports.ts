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
  // After what was just set is in the page, which Preact sees to in a microtask, and before anybody can type: a focus that came later would take
  // what is typed meanwhile into another field.
  focus: (id) => queueMicrotask(() => document.getElementById(id)?.focus()),
})

/** What this tab keeps; some browsers refuse to give it at all. */
export function storageOfTab(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}
