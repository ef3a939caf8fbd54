import { randomUUID } from 'node:crypto'
import type { Purge } from '#chassis/purge/purge.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { publicRoot } from '#contracts/published/document-paths.ts'
import { type DocumentStore, deleteObject, lookAt } from '../write/document-store.ts'
import type { Fault } from './fault.ts'
import type { ListedDocument } from './listed-documents.ts'

const dayMilliseconds = 24 * 3_600_000
/** What is named by its hash may still be asked for by whoever read an older list. */
const namedByHashDays = 60
/** What nothing names may be about to be named. */
const orphanDays = 1

const thumbnails = `${publicRoot}thumbnails/`
const proofs = `${publicRoot}proofs/`
const lists = [`${publicRoot}catalogue/`, `${publicRoot}prices/`, proofs]

/** Whether an object that belongs to no document has lain there long enough to go. The status is written by others. Pure. */
export function isOldOrphan({ path, objects }: ListedDocument, now: Date): boolean {
  if (path.startsWith(`${publicRoot}status/`)) return false
  const days = isNamedByHash(path) ? namedByHashDays : orphanDays
  return [...objects.values()].every(({ modifiedAt }) => now.getTime() - modifiedAt.getTime() > days * dayMilliseconds)
}

const isNamedByHash = (path: string): boolean =>
  path.startsWith(thumbnails) || lists.some((list) => path.startsWith(list) && isPart(path, list))

/** catalogue/<sku>.<hash>.json, prices/<currency>/<facility>.<hash>.json, proofs/<publication>.<hash>.json */
const isPart = (path: string, list: string): boolean => /\.[\w-]{22}\.json$/.test(path.slice(list.length))

/**
 * Takes away what nothing names. What was put again since it was found stays: somebody is about to name it. Caches drop it, except for what is
 * named by its hash, which nobody asks for any more and each of which would be paid.
 */
export async function removeSuperfluous(
  store: DocumentStore,
  faults: readonly Fault[],
  signal: AbortSignal,
  purge: Purge | undefined,
): Promise<void> {
  const gone: string[] = []
  for (const { path, superfluous } of faults) {
    if (!superfluous) continue
    for (const [ending, { etag, modifiedAt }] of superfluous) {
      const found = await lookAt(store, path + ending, signal)
      if (!found || isLater(found.modifiedAt, modifiedAt)) continue
      await deleteObject(store, path + ending, etag, signal)
    }
    if (!isNamedByHash(path)) gone.push(tagOf.document(path))
  }
  if (gone.length > 0) await purge?.(gone, randomUUID())
}

/** Told in whole seconds by one, in thousandths by the other. */
const isLater = (one: Date, other: Date): boolean =>
  Math.floor(one.getTime() / 1000) > Math.floor(other.getTime() / 1000)
