import { fresh } from '../../loopback/order-api/client.ts'
import type { ApiUnderTest } from '../../loopback/order-api/platform.ts'
import type { AccessRow } from './access-table.ts'

export type Knock = {
  readonly row: AccessRow
  readonly ids: readonly string[]
  readonly authorization: string | undefined
  /** Whom it says that it acts for. */
  readonly account?: string | undefined
  /** Instead of the route's own. */
  readonly method?: 'HEAD'
}

/** What is the same for every account, by the name that it has in addresses. */
export const everyones: Readonly<Record<string, string>> = { sku: 'poster-a3', facility: 'fac_leipzig' }

/** What was answered, as far as it matters here. */
export type Heard = { readonly status: number; readonly text: string }

/** Calls a route with these ids in its address. */
export async function knock(api: ApiUnderTest, { row, ids, authorization, account, method }: Knock): Promise<Heard> {
  const [verb = '', pattern = ''] = row.route.split(' ')
  const left = [...ids]
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => everyones[name] ?? left.shift() ?? '')
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(verb)
  const body = JSON.stringify(row.body ?? {}).replaceAll('$item', ids[1] ?? `itm_${'0'.repeat(26)}`)
  const response = await fetch(`${api.url}${path}`, {
    method: method ?? verb,
    headers: {
      ...fresh(),
      ...(authorization === undefined ? {} : { authorization }),
      ...(account === undefined ? {} : { 'printcloud-account': account }),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body } : {}),
  })
  return { status: response.status, text: await response.text() }
}

/** What is answered but for the ids that were asked for and the request's own id. */
export function comparable({ status, text }: Heard, ids: readonly string[]): string {
  const without = ids.reduce((all, id, place) => all.replaceAll(id, `ID${place}`), text)
  return `${status} ${without.replace(/"request_id":"[^"]*"/, '')}`
}
