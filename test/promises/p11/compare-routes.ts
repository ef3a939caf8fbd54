import type { GuardedRoute } from '../../../services/order-api/routes/access.ts'
import type { AccessRow } from './access-table.ts'
import { everyones } from './knock.ts'

/** Every difference between the routes as they were added and the table; empty when they are the same. */
export function compareRoutes(routes: readonly GuardedRoute[], table: readonly AccessRow[]): string[] {
  // Fastify adds a HEAD to every GET, with the same config; the readable documentation brings files of its own.
  const added = routes.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/docs/'))
  const rows = new Map(table.map((row) => [row.route, row]))
  const names = added.map(({ method, url }) => `${method} ${url}`)
  return [
    ...added.flatMap((route) => {
      const row = rows.get(`${route.method} ${route.url}`)
      return row ? differences(route, row) : [`${route.method} ${route.url} has no row`]
    }),
    ...table.filter(({ route }) => !names.includes(route)).map(({ route }) => `${route} has a row and is no route`),
    ...routes
      .filter(({ method, url, access }) => method === 'HEAD' && access !== accessOfGet(routes, url))
      .map(({ url }) => `HEAD ${url} is not guarded like GET`),
  ]
}

function differences(route: GuardedRoute, row: AccessRow): string[] {
  const found = `${route.access ?? 'page'}${route.onlyIn === undefined ? '' : `, ${route.onlyIn} only`}`
  const wanted = `${row.access}${row.onlyIn === undefined ? '' : `, ${row.onlyIn} only`}`
  const ids = route.url.split('/').filter((part) => part.startsWith(':') && !(part.slice(1) in everyones)).length
  return [
    ...(found === wanted ? [] : [`${row.route} is for ${found}; the table says ${wanted}`]),
    ...(ids === (row.ids?.length ?? 0) ? [] : [`${row.route} has ${ids} ids; the table names ${row.ids?.length ?? 0}`]),
  ]
}

const accessOfGet = (routes: readonly GuardedRoute[], url: string) =>
  routes.find((route) => route.method === 'GET' && route.url === url)?.access
