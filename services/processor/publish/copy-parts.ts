import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { createCrc64Nvme } from '#chassis/crc64nvme.ts'
import type { StoredVersion } from '../fetch/far-source.ts'
import { replaced } from '../fetch/stored-ranges.ts'
import { joinedStream, type LocalPart } from './joined-stream.ts'

/** An object that begins with another one, byte for byte, and goes on with a file of this machine. */
export type Continuation = {
  readonly bucket: string
  readonly key: string
  readonly contentType: string
  readonly base: StoredVersion & { readonly sizeBytes: number }
  readonly appendix: LocalPart
  /** Sees the appendix on its way. */
  readonly onChunk: (chunk: Buffer) => void
}

/** S3's minimum for every part but the last: a smaller base cannot be copied like this. */
export const leastCopiedBytes = 5 * 1024 ** 2
/** Several parts at once are copied side by side by the store; each costs a request. */
const usualPartBytes = 64 * 1024 ** 2
const mostAtOnce = 8

/**
 * Lets the store copy the base within itself and sends only the appendix; gives the CRC-64/NVME of the whole as S3 has
 * computed it. Nothing is left of it when it fails; throws Transient when the base was replaced.
 */
export async function copyParts(
  s3: S3Client,
  { bucket, key, contentType, base, appendix, onChunk }: Continuation,
  signal: AbortSignal,
  partBytes = usualPartBytes,
): Promise<string> {
  const target = { Bucket: bucket, Key: key }
  const sum = { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' } as const
  const create = new CreateMultipartUploadCommand({ ...target, ...sum, ContentType: contentType })
  const { UploadId } = await s3.send(create, { abortSignal: signal })
  const stop = new AbortController()
  const running = AbortSignal.any([signal, stop.signal])
  try {
    const ranges = rangesOf(base.sizeBytes, partBytes)
    const copies = inLanes(ranges, async ([from, to], index) => {
      const part = { ...target, UploadId, PartNumber: index + 1 }
      const source = {
        CopySource: copySource(base),
        CopySourceIfMatch: base.etag,
        CopySourceRange: `bytes=${from}-${to - 1}`,
      }
      const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ ...part, ...source }), {
        abortSignal: running,
      })
      return {
        PartNumber: part.PartNumber,
        ETag: CopyPartResult?.ETag,
        ChecksumCRC64NVME: CopyPartResult?.ChecksumCRC64NVME,
      }
    })
    const last = async () => {
      const part = { ...target, UploadId, PartNumber: ranges.length + 1, ContentLength: appendix.sizeBytes }
      // A part of a checked upload has to bring its sum; told beforehand, it also proves what was read.
      const ChecksumCRC64NVME = await crcOf(appendix)
      const Body = joinedStream([appendix], 0, appendix.sizeBytes, onChunk)
      const upload = new UploadPartCommand({ ...part, ChecksumCRC64NVME, Body })
      const { ETag } = await s3.send(upload, { abortSignal: running })
      return { PartNumber: part.PartNumber, ETag, ChecksumCRC64NVME }
    }
    const Parts = (await Promise.all([copies, last()])).flat()
    const complete = { ...target, UploadId, ChecksumType: sum.ChecksumType, MultipartUpload: { Parts } }
    const { ChecksumCRC64NVME } = await s3.send(new CompleteMultipartUploadCommand(complete), { abortSignal: signal })
    if (ChecksumCRC64NVME === undefined) throw new Error('The store gave no checksum of the whole')
    return ChecksumCRC64NVME
  } catch (error) {
    stop.abort(error)
    // Parts without an end cost money until the bucket's rule removes them.
    await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined)
    throw replaced(error) ?? error
  }
}

const copySource = ({ bucket, key }: StoredVersion): string =>
  `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`

async function crcOf(appendix: LocalPart): Promise<string> {
  const crc = createCrc64Nvme()
  for await (const chunk of joinedStream([appendix], 0, appendix.sizeBytes, crc.update)) void chunk
  return crc.digest()
}

/** Even parts, none below S3's minimum. */
function rangesOf(sizeBytes: number, partBytes: number): (readonly [from: number, to: number])[] {
  const count = Math.max(1, Math.floor(sizeBytes / Math.max(partBytes, leastCopiedBytes)))
  const place = (index: number): number => Math.round((sizeBytes * index) / count)
  return Array.from({ length: count }, (_, index) => [place(index), place(index + 1)])
}

/** Several at a time, results in order; the first failure ends the others. */
async function inLanes<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = [...items.entries()]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1], next[0])
  }
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, items.length) }, lane))
  return results
}
