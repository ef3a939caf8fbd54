import { inTurns } from '../../../services/order-api/published/write/in-turns.ts'
import type { ApiUnderTest } from '../../loopback/order-api/platform.ts'
import type { AccessRow } from './access-table.ts'
import { unknownIds } from './belongings.ts'
import { type Heard, knock } from './knock.ts'
import { type Outcome, type Principal, promised } from './principals.ts'

/** One call that was made, and what is wrong with its answer, if anything. */
export type Judged = { readonly fault?: string }

/** Everyone at one route, with ids that nothing has: who is let in, and what the others are told. A GET is knocked at by HEAD, too. */
export async function knockAtDoor(
  api: ApiUnderTest,
  row: AccessRow,
  principals: readonly Principal[],
): Promise<readonly Judged[]> {
  const ids = unknownIds(row.ids ?? [])
  const judged = await inTurns(principals, mostAtOnce, async (principal): Promise<readonly Judged[]> => {
    const visit = { row, ids, authorization: principal.authorization, account: principal.account }
    const wanted = promised(row, principal)
    const own = judge(row, principal, outcomeOf(await knock(api, visit)), wanted)
    if (!row.route.startsWith('GET ')) return [own]
    const { status } = await knock(api, { ...visit, method: 'HEAD' })
    return [own, judge(row, principal, `HEAD ${classOf(status)}`, `HEAD ${headOf[wanted]}`)]
  })
  return judged.flat()
}

/** The first door sees keys that the platform has not seen: it looks up 50 of those at a time, and sends the others away until later. */
const mostAtOnce = 40

const judge = ({ route }: AccessRow, { name }: Principal, found: string, wanted: string): Judged =>
  found === wanted ? {} : { fault: `${route} by ${name}: ${found} instead of ${wanted}` }

function outcomeOf({ status, text }: Heard): Outcome | string {
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? ''
  if (status === 401) return code === 'unauthenticated' ? code : `401 ${code}`
  if (status === 403) return code === 'forbidden' || code === 'insufficient_scope' ? code : `403 ${code}`
  return status < 500 ? 'in' : `${status} ${text.slice(0, 100)}`
}

/** A HEAD says no more than its status. */
const headOf: Readonly<Record<Outcome, string>> = {
  in: 'in',
  unauthenticated: '401',
  forbidden: '403',
  insufficient_scope: '403',
}
const classOf = (status: number): string => (status === 401 || status === 403 || status >= 500 ? `${status}` : 'in')
