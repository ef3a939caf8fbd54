import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3'
import { Transient } from '#chassis/errors.ts'
import { ifThere } from '#chassis/if-there.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { onFolders } from '../folder-fault.ts'
import { startSums } from './file-sums.ts'
import { FilesUnusable } from './files-unusable.ts'

type File = Pick<ProductionTicket['files'][number], 'key' | 'sizeBytes' | 'sha256' | 'crc64nvme'>

/** A download that is silent for so long is given up. */
const silenceMilliseconds = 20_000

/**
 * Streams one print file to `path`, durable and verified on return; a right one that is already there stays.
 * Throws FilesUnusable when size or checksums differ or the object is missing, Transient when it may work later.
 */
export async function fetchFile(
  s3: Pick<S3Client, 'send'>,
  bucket: string,
  file: File,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  if (await isRight(path, file)) return
  const silence = new AbortController()
  const watch = setTimeout(() => silence.abort(new Error('The download fell silent')), silenceMilliseconds)
  try {
    const body = await bodyOf(s3, bucket, file.key, AbortSignal.any([signal, silence.signal]))
    const destination = await onFolders('staging', () => open(path, 'w'))
    try {
      await store(body, destination, file, () => watch.refresh())
    } finally {
      await destination.close()
    }
  } finally {
    clearTimeout(watch)
  }
}

async function bodyOf(s3: Pick<S3Client, 'send'>, bucket: string, key: string, signal: AbortSignal): Promise<Readable> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
    if (!(Body instanceof Readable)) throw new Error('The answer has no body')
    signal.addEventListener('abort', () => Body.destroy(new Error('aborted', { cause: signal.reason })), { once: true })
    return Body
  } catch (cause) {
    if (cause instanceof NoSuchKey)
      throw new FilesUnusable('DownloadError', `The print file ${key} is missing`, { cause })
    throw new Transient(`The print file ${key} could not be fetched`, { cause })
  }
}

type Destination = Awaited<ReturnType<typeof open>>

async function store(body: Readable, destination: Destination, file: File, onChunk: () => void): Promise<void> {
  const sums = startSums(file)
  let size = 0
  for await (const chunk of chunksOf(body, file.key)) {
    onChunk()
    size += chunk.length
    if (size > file.sizeBytes) break
    sums.update(chunk)
    await onFolders('staging', () => destination.writeFile(chunk))
  }
  if (size !== file.sizeBytes || !sums.areRight()) {
    const found = size > file.sizeBytes ? 'more bytes' : `${size} bytes, ${sums.found()}`
    const wanted = `${file.sizeBytes} bytes, ${sums.wanted}`
    throw new FilesUnusable('FilesCorrupt', `${file.key}: expected ${wanted}; found ${found}`)
  }
  await onFolders('staging', () => destination.sync())
}

/** The body's chunks; a broken connection becomes Transient. */
async function* chunksOf(body: Readable, key: string): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const chunk: IteratorResult<Buffer> = await nextOf(chunks, key)
      if (chunk.done) return
      yield chunk.value
    }
  } finally {
    body.destroy()
  }
}

async function nextOf(chunks: AsyncIterator<Buffer>, key: string): Promise<IteratorResult<Buffer>> {
  try {
    return await chunks.next()
  } catch (cause) {
    throw new Transient(`The download of ${key} broke off`, { cause })
  }
}

async function isRight(path: string, file: File): Promise<boolean> {
  return onFolders('staging', async () => {
    const found = await ifThere(stat(path))
    if (found?.size !== file.sizeBytes) return false
    const sums = startSums(file)
    for await (const chunk of createReadStream(path)) sums.update(chunk)
    if (!sums.areRight()) return false
    // Whoever wrote it may have died before it was on the disk.
    const written = await open(path, 'r+')
    try {
      await written.sync()
    } finally {
      await written.close()
    }
    return true
  })
}
