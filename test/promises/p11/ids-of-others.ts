import type { ApiUnderTest } from '../../loopback/order-api/platform.ts'
import type { Tenant } from '../tenants.ts'
import { type AccessRow, sharedByWorlds } from './access-table.ts'
import type { Judged } from './at-the-door.ts'
import { makerOfBelongings, unknownIds } from './belongings.ts'
import { comparable, knock } from './knock.ts'

/**
 * Real ids at one route, in each world that it works in: by another account, and by the owner's key of the wrong world, they look
 * as if they did not exist; by the owner they are found.
 */
export async function reachForIds(
  api: ApiUnderTest,
  row: AccessRow,
  { owner, other }: { readonly owner: Tenant; readonly other: Tenant },
): Promise<readonly Judged[]> {
  const named = row.ids ?? []
  if (named.length === 0) return []
  const make = makerOfBelongings(api, owner)
  const judged: Judged[] = []
  for (const isTest of worldsOf(row)) {
    const ids = await make(named, isTest)
    const [own, twin] = isTest ? [owner.test, owner.live] : [owner.live, owner.test]
    const isShared = named.every((each) => sharedByWorlds.includes(each))
    const wrong = [isTest ? other.test : other.live, ...(isShared || row.onlyIn !== undefined ? [] : [twin])]
    for (const key of wrong) judged.push(await looksUnknown(api, row, ids, key))
    judged.push(await letsIn(api, row, ids, own))
  }
  return judged
}

async function looksUnknown(api: ApiUnderTest, row: AccessRow, ids: readonly string[], key: string): Promise<Judged> {
  const unknown = unknownIds(row.ids ?? [])
  const authorization = `Bearer ${key}`
  const foreign = comparable(await knock(api, { row, ids, authorization }), ids)
  const absent = comparable(await knock(api, { row, ids: unknown, authorization }), unknown)
  if (foreign === absent && foreign.startsWith('404 ')) return {}
  return { fault: `${row.route} tells a foreign id from an unknown one: ${foreign} / ${absent}` }
}

async function letsIn(api: ApiUnderTest, row: AccessRow, ids: readonly string[], key: string): Promise<Judged> {
  const { status, text } = await knock(api, { row, ids, authorization: `Bearer ${key}` })
  const isIn = status !== 401 && status !== 403 && status < 500 && !text.includes(`"not_found"`)
  return isIn ? {} : { fault: `${row.route} does not let in the owner: ${status} ${text.slice(0, 300)}` }
}

const worldsOf = ({ onlyIn }: AccessRow): readonly boolean[] => (onlyIn ? [onlyIn === 'test'] : [true, false])
