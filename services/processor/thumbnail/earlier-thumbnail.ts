import { type Static, Type } from 'typebox'
import { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import { parse } from '#contracts/parse.ts'
import type { ResultStore } from '../publish/result-store.ts'

const Told = Type.Pick(ThumbnailResult, ['thumbnail', 'failure'])
/** What order-api is told: pictures, or why there are none. */
export type Told = Static<typeof Told>

const name = 'thumbnail.json'

export const keepThumbnail = async (store: ResultStore, told: Told): Promise<void> =>
  void (await store.putJson(name, told))

/** What was told of this ticket before: copies of a ticket must not make a long queue longer. Undefined when nothing was. */
export async function earlierThumbnail(store: ResultStore): Promise<Told | undefined> {
  const found = await store.getJson(name)
  return found === undefined ? undefined : parse('thumbnail', Told, found)
}
