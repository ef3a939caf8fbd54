import { malformed } from './http/read-answer.ts'
import { PrintcloudError } from './printcloud-error.ts'

/** One page of a list, and where the next begins. */
export type Page<T> = { readonly data: readonly T[]; readonly next: string | null }

/** Every entry of a list: pages are fetched while you go, and no more of them when you stop. */
export async function* everyEntry<T>(pageAfter: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const page = await pageAfter(cursor)
    if (!Array.isArray(page.data)) throw malformed('There came no list')
    yield* page.data
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

type Value = string | number | boolean | undefined

/** The address with what is given of the query. */
export function withQuery(path: string, query: Readonly<Record<string, Value>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return given.length === 0 ? path : `${path}?${given.join('&')}`
}

/** An id as part of an address, whatever is in it. Throws `not_found` for dots, which would lead to another address. */
export function segment(id: string): string {
  if (!/^\.{1,2}$/.test(id)) return encodeURIComponent(id)
  throw new PrintcloudError({ code: 'not_found', detail: `There is nothing with the id "${id}".`, isRetryable: false })
}
