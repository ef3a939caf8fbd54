import type { DocumentStore } from '../write/document-store.ts'
import { etagOf } from '../write/document-store.ts'
import { inTurns } from '../write/in-turns.ts'
import { endings } from '../write/pack-document.ts'
import { compareRow } from './compare-row.ts'
import { rowsOf } from './document-rows.ts'
import type { Fault } from './fault.ts'
import type { Expected } from './find-faults.ts'
import { namedByRows } from './named-by-rows.ts'

const looksAtOnce = 8

/** Looks again at what seemed wrong: what was written between the two looks is right. */
export async function confirmFaults(
  store: DocumentStore,
  suspects: readonly Fault[],
  { publishing: { database }, signal }: Expected,
): Promise<readonly Fault[]> {
  if (suspects.length === 0) return []
  const rows = new Map(
    (
      await rowsOf(
        database,
        suspects.map(({ path }) => path),
      )
    ).map((row) => [row.path, row]),
  )
  const isNamed = await namedByRows(
    database,
    suspects.map(({ path }) => path),
  )
  const confirmed = await inTurns(suspects, looksAtOnce, async (fault) => {
    const row = rows.get(fault.path)
    if (row) return [compareRow(row, store, await etagsOf(store, fault.path, signal)) ?? []].flat()
    if (fault.mendedBy !== undefined) {
      const found = await etagsOf(store, fault.path, signal)
      return found.size < endings.length ? [fault] : []
    }
    return isNamed(fault.path) ? [] : [fault]
  })
  return confirmed.flat()
}

async function etagsOf(store: DocumentStore, path: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    endings.map(async (ending) => [ending, await etagOf(store, path + ending, signal)] as const),
  )
  return new Map(found.flatMap(([ending, etag]) => (etag === undefined ? [] : [[ending, etag] as const])))
}
