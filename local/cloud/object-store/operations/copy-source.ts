import type { OpenObject } from '../disk/open-object.ts'
import { decideRead, preconditionFailed } from '../protocol/conditional.ts'
import { S3Error } from '../protocol/errors.ts'
import type { Call } from './call.ts'
import { bucketOf, noSuchKey } from './call.ts'

export type CopySource = { readonly bucket: string; readonly key: string; readonly object: OpenObject }

/**
 * Opens the object that `x-amz-copy-source` names, if the `x-amz-copy-source-if-*` conditions hold; the caller closes it.
 * Throws S3Error NoSuchBucket, NoSuchKey, PreconditionFailed or InvalidArgument.
 */
export async function openCopySource(call: Call): Promise<CopySource> {
  const { bucket, key } = readCopySource(call.request.headers.get('x-amz-copy-source') ?? '')
  const object = await bucketOf({ ...call, request: { ...call.request, bucket } }).openObject(key)
  if (!object) throw noSuchKey(key)
  try {
    if (decideRead(call.request, object.record, 'x-amz-copy-source-') === 'not-modified') {
      throw preconditionFailed('x-amz-copy-source-If-None-Match')
    }
    return { bucket, key, object }
  } catch (error) {
    await object.close()
    throw error
  }
}

function readCopySource(header: string): { readonly bucket: string; readonly key: string } {
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decoded(header.split('?versionId=')[0] ?? ''))
  if (!match)
    throw new S3Error('InvalidArgument', {
      message: 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    })
  return { bucket: match[1] ?? '', key: match[2] ?? '' }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch (cause) {
    throw new S3Error('InvalidArgument', { message: 'Copy Source is not URL-encoded', cause })
  }
}
