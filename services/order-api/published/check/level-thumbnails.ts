import { GetObjectCommand } from '@aws-sdk/client-s3'
import { tagMetadataName } from '#contracts/published/cache-tags.ts'
import { keyOfPath, publicRoot } from '#contracts/published/document-paths.ts'
import type { Publishing } from '../publishing.ts'
import { type DocumentStore, putObject } from '../write/document-store.ts'
import { inTurns } from '../write/in-turns.ts'
import type { Fault } from './fault.ts'
import { type ListedDocument, listedDocuments } from './listed-documents.ts'
import { alivePictures, pictureHashOf } from './named-by-rows.ts'
import { sideBySide } from './side-by-side.ts'

type Missing = { readonly path: string; readonly from: DocumentStore; readonly to: DocumentStore }

/** Younger ones may be on their way: processors put into both stores at once. */
const onItsWayMilliseconds = 600_000
const looksAtOnce = 500
const copiesAtOnce = 4

/**
 * Finds thumbnails that lie in one store alone, as after hours without the standby, and with `isRepair` copies them into the other. The store is
 * their only memory: nobody makes them again. Their names hold the hash of their bytes, so that twice is the same.
 */
export async function levelThumbnails(
  { database, stores, now }: Publishing,
  { isRepair, signal }: { readonly isRepair: boolean; readonly signal: AbortSignal },
): Promise<readonly Fault[]> {
  const [primary, standby] = stores
  if (!standby) return []
  const faults: Fault[] = []
  const settle = async (found: readonly Missing[]): Promise<void> => {
    const alive = await alivePictures(
      database,
      found.flatMap(({ path }) => pictureHashOf(path) ?? []),
    )
    const missing = found.filter(({ path }) => alive.has(pictureHashOf(path) ?? ''))
    if (isRepair) await inTurns(missing, copiesAtOnce, (each) => copy(each, signal))
    faults.push(...missing.map(({ path, to }): Fault => ({ store: to.name, kind: 'missing', path })))
  }
  let found: Missing[] = []
  const before = now().getTime() - onItsWayMilliseconds
  for await (const each of inOneAlone(primary, standby, before, signal)) {
    found.push(each)
    if (found.length < looksAtOnce) continue
    await settle(found)
    found = []
  }
  await settle(found)
  return faults
}

async function* inOneAlone(
  primary: DocumentStore,
  standby: DocumentStore,
  before: number,
  signal: AbortSignal,
): AsyncGenerator<Missing> {
  const listed = (store: DocumentStore) => listedDocuments(store, signal, `${publicRoot}thumbnails/`)
  for await (const [here, there] of sideBySide(listed(primary), listed(standby))) {
    if (here && !there && isOlder(here, before)) yield { path: here.path, from: primary, to: standby }
    if (there && !here && isOlder(there, before)) yield { path: there.path, from: standby, to: primary }
  }
}

const isOlder = ({ objects }: ListedDocument, before: number): boolean =>
  [...objects.values()].every(({ modifiedAt }) => modifiedAt.getTime() < before)

async function copy({ path, from, to }: Missing, signal: AbortSignal): Promise<void> {
  const read = new GetObjectCommand({ Bucket: from.bucket, Key: keyOfPath(path) })
  const { Body, ContentType, CacheControl, Metadata = {} } = await from.s3.send(read, { abortSignal: signal })
  const body = await Body?.transformToByteArray()
  if (body === undefined || ContentType === undefined || CacheControl === undefined) {
    throw new Error(`${from.bucket} gave ${path} without its bytes or its headers`)
  }
  const object = { path, body, contentType: ContentType, cacheControl: CacheControl }
  await putObject(to, { ...object, tagText: Metadata[tagMetadataName] ?? '' }, undefined, signal)
}
