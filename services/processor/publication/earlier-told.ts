import type { Static, TSchema } from 'typebox'
import { parse } from '#contracts/parse.ts'
import type { ResultStore } from '../publish/result-store.ts'

const nameOf = (kind: string): string => `${kind}.json`

export const keepTold = async (store: ResultStore, kind: string, told: unknown): Promise<void> =>
  void (await store.putJson(nameOf(kind), told))

/** What was told of this ticket before: copies of a ticket must not make a long queue longer. Undefined when nothing was. */
export async function earlierTold<T extends TSchema>(
  store: ResultStore,
  kind: string,
  schema: T,
): Promise<Static<T> | undefined> {
  const found = await store.getJson(nameOf(kind))
  return found === undefined ? undefined : parse(kind, schema, found)
}
