import { randomUUID } from 'node:crypto'
import type { Publishing } from '../publishing.ts'
import type { Release } from '../read/release.ts'
import type { DocumentStore } from './document-store.ts'
import { inTurns } from './in-turns.ts'
import { type PlannedPurge, plannedForCopies, planPurges } from './plan-purges.ts'
import { type RenderedDocument, renderTaken } from './render-taken.ts'
import { settleDocuments } from './settle-documents.ts'
import { settlementOf } from './settlement.ts'
import { holdSeconds, takeDocuments } from './take-documents.ts'
import { tellWritten } from './tell-written.ts'
import { type WrittenDocument, writeDocument } from './write-document.ts'

const documentsOfABatch = 100
/** Of a batch, in one store: each is three puts. */
const documentsAtOnce = 12

/**
 * Writes up to 100 documents that are due to the stores, as the database has them now, and drops what caches have of them. Gives how many it
 * took. May run in any number of workers, be killed anywhere and run again: a document is taken by one worker at a time, put onto exactly
 * what it replaces, and called written when it can be read.
 */
export async function publishDocuments(publishing: Publishing, release: Release): Promise<number> {
  const { database, stores, log, now } = publishing
  const lease = randomUUID()
  const startedAtMs = performance.now()
  // In real time, whatever the clock of a test says: puts that are under way are.
  const signal = AbortSignal.timeout(holdSeconds * 1000)
  const taking = { limit: documentsOfABatch, release: release.fingerprint, lease, now: now() }
  const taken = await takeDocuments(database, taking)
  if (taken.length === 0) return 0
  const rendered = await renderTaken(publishing, release, lease, taken)
  const [first, ...others] = stores
  const served = await writeAll(first, rendered, signal)
  const planned = planPurges(served)
  const isDropped = await drop(publishing, planned, lease)
  // Nobody reads them while the first one answers: they come after it can be read, and one that is slow holds up nobody.
  const copied = await Promise.all(others.map((store) => writeAll(store, rendered, signal)))
  const at = now()
  const written = served.map((each, index) =>
    withCopies(
      each,
      copied.map((ofStore) => ofStore[index]),
    ),
  )
  const settlements = written.map((each) => {
    const purge = publishing.purge && (planned.get(each.rendered.taken.path) ?? plannedForCopies(each))
    return settlementOf(each, { planned: purge, isDropped, now: at, random: Math.random() })
  })
  await settleDocuments(database, lease, settlements, at)
  tellWritten(log, written, performance.now() - startedAtMs)
  return taken.length
}

const writeAll = (
  store: DocumentStore,
  rendered: readonly RenderedDocument[],
  signal: AbortSignal,
): Promise<readonly WrittenDocument[]> =>
  inTurns(rendered, documentsAtOnce, async (each) => {
    const result = await writeDocument(store, each, signal)
    return { rendered: each, results: result ? [result] : [] }
  })

const withCopies = (first: WrittenDocument, others: readonly (WrittenDocument | undefined)[]): WrittenDocument => ({
  ...first,
  results: [...first.results, ...others.flatMap((each) => each?.results ?? [])],
})

/** Whether all that is to be dropped at once is dropped: one call for the whole batch. */
async function drop(
  { purge, log }: Publishing,
  planned: ReadonlyMap<string, PlannedPurge>,
  reference: string,
): Promise<boolean> {
  const tags = [...planned.values()].flatMap((each) => (each.isAtOnce ? each.tags : []))
  if (!purge || tags.length === 0) return true
  try {
    await purge(tags, reference)
    return true
  } catch (error) {
    log.warn({ err: error, tags: tags.length }, 'documents_not_dropped')
    return false
  }
}
