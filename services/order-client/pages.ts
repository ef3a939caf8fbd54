/** One page of a list, and where the next begins. */
export type Page<T> = { readonly data: readonly T[]; readonly next: string | null }

/** Every entry of a list: pages are fetched while you go, and no more of them when you stop. */
export async function* everyEntry<T>(pageAfter: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const page = await pageAfter(cursor)
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

/** An id as part of an address, whatever is in it. */
export const segment = (id: string): string => encodeURIComponent(id)
