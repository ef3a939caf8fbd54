import { tagOf } from '#contracts/published/cache-tags.ts'
import { noCopy } from './copy.ts'
import type { WrittenDocument } from './write-document.ts'

/** What is to be dropped for one document. */
export type PlannedPurge = {
  readonly tags: readonly string[]
  /** Otherwise later, with the others that wait for the same tag. */
  readonly isAtOnce: boolean
}

/** From so many documents on that changed for one reason they are dropped by the tag of that reason. */
const manyDocuments = 20

/**
 * What has to be dropped, by path. Each tag is paid: one document is dropped by its own tag; many that follow from one change, a price book
 * for instance, by the one tag that they share. Dropping that also drops documents that stay as they are, so it is done once for all of them.
 */
export function planPurges(written: readonly WrittenDocument[]): ReadonlyMap<string, PlannedPurge> {
  const changed = written.filter(isToBeDropped)
  const counts = Map.groupBy(changed.flatMap(sharedTags), (tag) => tag)
  const sharedBy = (each: WrittenDocument) =>
    sharedTags(each).find((tag) => (counts.get(tag)?.length ?? 0) >= manyDocuments)
  return new Map(
    changed.map((each): [string, PlannedPurge] => {
      const { path, purgeTags, tries } = each.rendered.taken
      const shared = sharedBy(each)
      if (shared !== undefined) return [path, { tags: [shared], isAtOnce: false }]
      const owed = tries > 0 ? purgeTags : []
      return [path, { tags: [tagOf.document(path), ...owed], isAtOnce: true }]
    }),
  )
}

/** Tags that made it be written anew, as far as what is kept anywhere has them for certain. */
const sharedTags = ({ rendered: { taken, isNewlyTagged } }: WrittenDocument): readonly string[] =>
  taken.isTakenOver || isNewlyTagged ? [] : taken.spreadBy

/** Kinds that caches keep for a few seconds or not at all: nobody pays for dropping them. */
const isShortLived = ({ kind }: WrittenDocument['rendered']['taken']): boolean => kind === 'preview' || kind === 'sale'

/** Something else lay there, or what had to be dropped is not. */
function isToBeDropped(written: WrittenDocument): boolean {
  const { taken } = written.rendered
  const isOwed = taken.tries > 0 && taken.purgeTags.length > 0
  return !isShortLived(taken) && (isOwed || isReplaced(written))
}

function isReplaced({ rendered, results }: WrittenDocument): boolean {
  const { taken } = rendered
  const isTakenAway = 'built' in rendered && !rendered.built
  return results.some(
    ({ store, result }) =>
      result.outcome === 'written' &&
      (taken.isTakenOver || isTakenAway || Object.keys((taken.copies[store.bucket] ?? noCopy).etags).length > 0),
  )
}

/** A copy that was behind may have been served while the first store was away: it is dropped as well, when there is time. */
export const plannedForCopies = (written: WrittenDocument): PlannedPurge | undefined =>
  !isShortLived(written.rendered.taken) && isReplaced(written)
    ? { tags: [tagOf.document(written.rendered.taken.path)], isAtOnce: false }
    : undefined
