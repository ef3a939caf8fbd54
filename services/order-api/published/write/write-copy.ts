import { Transient } from '#chassis/errors.ts'
import type { Part } from '../render/rendered.ts'
import { type Copy, noCopy } from './copy.ts'
import { type DocumentStore, deleteObject, etagOf, putObject } from './document-store.ts'
import { endings, type PackedDocument, packedDocument } from './pack-document.ts'

/**
 * same: it lies there already. written: now it does. moved: somebody else wrote meanwhile, and what we have may be older; `copy` says what lies
 * there. failed: the store did not take all of it.
 */
export type CopyResult = {
  readonly outcome: 'same' | 'written' | 'moved' | 'failed'
  readonly copy: Copy
  readonly cause?: unknown
}

/** Puts the documents that it names, then its three objects, each onto what we know to lie there. May run twice: the same bytes lie there then. */
export async function writeCopy(
  store: DocumentStore,
  document: PackedDocument,
  copy: Copy,
  signal: AbortSignal,
): Promise<CopyResult> {
  if (copy.sha256 === document.sha256) return { outcome: 'same', copy }
  try {
    for (const part of document.parts) await writePart(store, part, signal)
  } catch (cause) {
    return { outcome: 'failed', copy, cause }
  }
  const objects = await document.objects()
  const puts = await Promise.all(
    objects.map(([ending, object]) =>
      settled(ending, () => putObject(store, object, copy.etags[ending], signal), store, object.path, signal),
    ),
  )
  return resultOf(puts, copy, document.sha256)
}

/** What is named by its hash lies there already when something does. Throws Transient when it neither was taken nor lies there. */
async function writePart(store: DocumentStore, { path, built }: Part, signal: AbortSignal): Promise<void> {
  // To look is cheaper than to pack: most documents are written for another reason than their parts.
  const lying = await Promise.all(endings.map((ending) => etagOf(store, path + ending, signal)))
  if (lying.every((etag) => etag !== undefined)) return
  const objects = await packedDocument(path, built, 'immutable').objects()
  await Promise.all(
    objects.map(async ([, object]) => {
      const etag = (await putObject(store, object, undefined, signal)) ?? (await etagOf(store, object.path, signal))
      // Refused for the sake of somebody else's write or delete that was under way.
      if (etag === undefined) throw new Transient(`${store.bucket} did not take ${object.path}`)
    }),
  )
}

/** `isSure`: nothing lies there that we do not know of. `wasThere`: something did, and may be kept by caches although it is gone now. */
export type Knowledge = { readonly isSure: boolean; readonly wasThere: boolean }

/** Takes all objects of a document away. */
export async function deleteCopy(
  store: DocumentStore,
  path: string,
  copy: Copy,
  { isSure, wasThere }: Knowledge,
  signal: AbortSignal,
): Promise<CopyResult> {
  try {
    const etags = isSure ? copy.etags : await etagsAt(store, path, signal)
    const gone = Object.entries(etags).map(([ending, etag]) =>
      settled(ending, () => deleted(store, path + ending, etag, signal), store, path + ending, signal),
    )
    if (gone.length === 0) return { outcome: wasThere ? 'written' : 'same', copy: noCopy }
    return resultOf(await Promise.all(gone), { sha256: null, etags }, null)
  } catch (cause) {
    return { outcome: 'failed', copy: { ...copy, sha256: null }, cause }
  }
}

async function etagsAt(store: DocumentStore, path: string, signal: AbortSignal): Promise<Copy['etags']> {
  const found = await Promise.all(
    endings.map(async (ending) => [ending, await etagOf(store, path + ending, signal)] as const),
  )
  return Object.fromEntries(found.flatMap(([ending, etag]) => (etag === undefined ? [] : [[ending, etag]])))
}

/** '' when nothing lies there any more. */
const deleted = async (
  store: DocumentStore,
  path: string,
  etag: string,
  signal: AbortSignal,
): Promise<string | undefined> => ((await deleteObject(store, path, etag, signal)) ? '' : undefined)

type Settled = { readonly ending: string } & (
  | { readonly kind: 'done' | 'moved'; readonly etag: string }
  | { readonly kind: 'failed'; readonly cause: unknown }
)

/** What became of one object; where another lies than we thought, its ETag is learnt. */
async function settled(
  ending: string,
  write: () => Promise<string | undefined>,
  store: DocumentStore,
  path: string,
  signal: AbortSignal,
): Promise<Settled> {
  try {
    const etag = await write()
    if (etag !== undefined) return { ending, kind: 'done', etag }
    return { ending, kind: 'moved', etag: (await etagOf(store, path, signal)) ?? '' }
  } catch (cause) {
    return { ending, kind: 'failed', cause }
  }
}

function resultOf(all: readonly Settled[], before: Copy, sha256: string | null): CopyResult {
  const told = new Map(Object.entries(before.etags))
  for (const each of all) {
    if (each.kind === 'failed') continue
    if (each.etag === '') told.delete(each.ending)
    else told.set(each.ending, each.etag)
  }
  const etags = Object.fromEntries(told)
  const failed = all.find((each) => each.kind === 'failed')
  if (failed) return { outcome: 'failed', copy: { sha256: null, etags }, cause: failed.cause }
  if (all.some(({ kind }) => kind === 'moved')) return { outcome: 'moved', copy: { sha256: null, etags } }
  return { outcome: 'written', copy: { sha256, etags } }
}
