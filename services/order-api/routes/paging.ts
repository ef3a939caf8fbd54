import { Type } from 'typebox'
import { Id, type IdKind } from '#contracts/ids.ts'
import { PageSize } from '#contracts/order-api/number-text.ts'

/** Query of a list: where the page before ended, and how much of it. */
export const pageQuery = (kind: IdKind) =>
  Type.Object(
    {
      cursor: Type.Optional(Id(kind, '`next` of the page before')),
      limit: Type.Optional(PageSize),
    },
    { additionalProperties: false },
  )

export type PageQuery = { readonly cursor?: string; readonly limit?: string }

/** One page of what `read` gives below the cursor: it is asked for one more than is shown, to know whether there is a next page. */
export async function pageOf<T extends { readonly id: string }>(
  { cursor, limit = '20' }: PageQuery,
  read: (before: string | undefined, limit: number) => Promise<readonly T[]>,
): Promise<{ readonly page: readonly T[]; readonly next: string | null }> {
  const size = Number(limit)
  const found = await read(cursor, size + 1)
  const page = found.slice(0, size)
  return { page, next: found.length > size ? (page.at(-1)?.id ?? null) : null }
}
