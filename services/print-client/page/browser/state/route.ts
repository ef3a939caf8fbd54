import { useLayoutEffect, useState } from 'preact/hooks'
import { type Filter, filters } from '../../model/queue-list.ts'

/** What the page shows, as it stands behind the # of its address. */
export type Route =
  | { readonly screen: 'jobs'; readonly filter: Filter }
  | { readonly screen: 'job'; readonly jobId: string }
  | { readonly screen: 'pack' }
  | { readonly screen: 'state' }

export function routeOf(hash: string): Route {
  const [, first = '', second = ''] = hash.split('/')
  if (first === 'job' && second !== '') return { screen: 'job', jobId: second }
  if (first === 'pack') return { screen: 'pack' }
  if (first === 'state') return { screen: 'state' }
  return { screen: 'jobs', filter: filters.find((each) => each === second) ?? 'open' }
}

export const hrefOf = {
  jobs: (filter: Filter = 'open') => `#/jobs/${filter}`,
  job: (jobId: string) => `#/job/${jobId}`,
  pack: '#/pack',
  state: '#/state',
} as const

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash))
  useLayoutEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash))
    addEventListener('hashchange', follow)
    // It may have changed between the first drawing and now: a scan is fast.
    follow()
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}

export function go(href: string): void {
  location.hash = href
}
