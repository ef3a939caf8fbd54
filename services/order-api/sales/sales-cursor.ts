import { type Static, Type } from 'typebox'
import { Id } from '#contracts/ids.ts'
import { matches } from '#contracts/parse.ts'

/** A place in the order of changes: behind the order that stood there. */
const Place = Type.Object({
  at: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  id: Type.Union([Id('order'), Type.Literal('')]),
})
export type Place = Static<typeof Place>

/** How far it was looked: `first` as soon as something can be told, `settled` where nothing can appear any more. Never behind `first`. */
const Cursor = Type.Object({ first: Place, settled: Place })
export type SalesCursor = Static<typeof Cursor>

const beginning: Place = { at: '1970-01-01T00:00:00.000Z', id: '' }
export const startOfSales: SalesCursor = { first: beginning, settled: beginning }

export const cursorText = (cursor: SalesCursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Undefined for what is no cursor of ours. */
export function readCursor(text: string): SalesCursor | undefined {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const isOurs = matches(Cursor, cursor) && isMoment(cursor.first) && isMoment(cursor.settled)
    return isOurs && compare(cursor.settled, cursor.first) <= 0 ? cursor : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const isMoment = ({ at }: Place): boolean => !Number.isNaN(Date.parse(at))

/** Below zero where `a` comes first. Times are text of one form, which sorts as they do. */
export function compare(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
