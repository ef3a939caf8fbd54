import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { keyOfPath, publicRoot } from '#contracts/published/document-paths.ts'
import { encodings } from '#contracts/published/variants.ts'
import type { DocumentStore, LyingObject } from '../write/document-store.ts'

/** What lies in a store under the path of one document: its objects by their endings. */
export type ListedDocument = {
  readonly path: string
  readonly objects: ReadonlyMap<string, LyingObject>
}

/** Everything under the public root, or under a path below it, in the order of its paths, page by page. */
export async function* listedDocuments(
  store: DocumentStore,
  signal: AbortSignal,
  under = publicRoot,
): AsyncGenerator<ListedDocument> {
  let path = ''
  let objects = new Map<string, LyingObject>()
  for await (const { key, ...object } of listedObjects(store, signal, under)) {
    const ending = encodings.find((each) => key.endsWith(each.ending))?.ending ?? ''
    const ofPath = `/${key.slice(0, key.length - ending.length)}`
    if (ofPath !== path) {
      if (path !== '') yield { path, objects }
      path = ofPath
      objects = new Map()
    }
    objects.set(ending, object)
  }
  if (path !== '') yield { path, objects }
}

async function* listedObjects({ s3, bucket }: DocumentStore, signal: AbortSignal, under: string) {
  let token: string | undefined
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: keyOfPath(under), ContinuationToken: token }),
      { abortSignal: signal },
    )
    for (const { Key, ETag, LastModified } of page.Contents ?? []) {
      if (Key !== undefined && ETag !== undefined && LastModified !== undefined) {
        yield { key: Key, etag: ETag, modifiedAt: LastModified }
      }
    }
    token = page.NextContinuationToken
  } while (token !== undefined)
}
