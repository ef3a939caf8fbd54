import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { Transient } from '#chassis/errors.ts'
import { ForbiddenAddress, type Lookup } from '#chassis/http/address-guard.ts'
import type { Finding } from '#contracts/findings.ts'
import type { Source } from '#contracts/messages/process-ticket.ts'
import { finding } from '../job/finding.ts'
import { sealOf } from '../job/seal-of.ts'
import type { RangedSource } from '../ranges/ranged-source.ts'
import { sniffedBytes } from '../sniff/sniff.ts'
import { labelOf } from '../source/label.ts'
import { farSource, type StoredVersion } from './far-source.ts'
import { fetchLinked, Unreachable } from './fetch-linked.ts'
import { fetchStored, NotStored } from './fetch-stored.ts'
import { fetchAttempts, fileLimitBytes, jobLimitBytes } from './limits.ts'
import { type Saved, TooManyBytes } from './save-stream.ts'

/** A source in the job folder; with `far` it is still in the store, and read there by ranges. */
export type FetchedSource = Pick<Saved, 'sizeBytes' | 'head'> &
  Partial<Pick<Saved, 'hash'>> & {
    readonly source: Source
    readonly file: string
    /** Of all bytes; of a far one what was announced, which the store has enforced. */
    readonly sha256: string | undefined
    /** Of the file as it came, see seal-of.ts. */
    readonly seal?: string
    /** The version of a stored object that was read. */
    readonly stored?: StoredVersion
    readonly far?: RangedSource
  }
export type Fetched = { readonly sources: readonly FetchedSource[]; readonly refusals: readonly Finding[] }

export type FetchRequest = {
  readonly sources: readonly Source[]
  readonly folder: string
  readonly s3: S3Client
  readonly bucket: string
  readonly allowedOrigins: readonly string[]
  readonly lookup: Lookup
  /** Stored PDFs of this size and more are left in the store. */
  readonly rangedFromBytes: number
  /** All sources as an earlier call left them: what is in the folder stays there. */
  readonly had?: readonly FetchedSource[]
  /** How often the ticket was delivered: the last try refuses what earlier ones put off. */
  readonly attempt: number
  readonly signal: AbortSignal
}

/** So many downloads run side by side: latency is hidden, memory is not. */
const lanes = 4

/** Brings every source into the job folder, in the ticket's order. What cannot be had becomes a refusal; the rest goes on. */
export async function fetchSources(request: FetchRequest): Promise<Fetched> {
  const results: (FetchedSource | Finding)[] = []
  const queue = [...request.sources.entries()]
  const giveUp = new AbortController()
  const signal = AbortSignal.any([request.signal, giveUp.signal])
  let jobBytes = 0
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, source] = next
      const had = request.had?.[index]
      const isHere = had !== undefined && !had.far
      const result = isHere ? had : await fetchOne({ ...request, signal }, source, index, jobLimitBytes - jobBytes)
      if ('sizeBytes' in result) jobBytes += result.sizeBytes
      results[index] = result
    }
  }
  const running = Array.from({ length: Math.min(lanes, queue.length) }, lane)
  try {
    await Promise.all(running)
  } catch (error) {
    // The first failure ends the others, and none of them writes into a folder that is about to go.
    giveUp.abort(error)
    await Promise.allSettled(running)
    throw error
  }
  return {
    sources: results.flatMap((result) => ('sizeBytes' in result ? [result] : [])),
    refusals: results.flatMap((result) => ('sizeBytes' in result ? [] : [result])),
  }
}

async function fetchOne(
  request: FetchRequest,
  source: Source,
  index: number,
  left: number,
): Promise<FetchedSource | Finding> {
  const file = `source-${index}`
  const path = join(request.folder, file)
  const limits = { path, limitBytes: Math.min(fileLimitBytes, left), headBytes: sniffedBytes, signal: request.signal }
  const { allowedOrigins, lookup, s3, bucket } = request
  try {
    if (source.key === undefined) {
      const saved = await fetchLinked({ ...limits, url: source.url ?? '', allowedOrigins, lookup })
      return mismatch(source, saved) ?? { ...saved, source, file }
    }
    const place = { bucket, key: source.key }
    const lessThanBytes = request.rangedFromBytes
    const isAnnouncedLarge = (source.sizeBytes ?? 0) >= lessThanBytes
    const small = isAnnouncedLarge ? undefined : await fetchStored({ ...limits, ...place, s3, lessThanBytes })
    const far = small ? undefined : await farSource({ ...request, place, source, limitBytes: limits.limitBytes })
    if (far) return mismatch(source, far) ?? { ...far, source, file }
    const whole = small ?? (await fetchStored({ ...limits, ...place, s3, lessThanBytes: Number.POSITIVE_INFINITY }))
    if (!whole) throw new Error('A source was left alone that was to be fetched whole')
    const { etag, ...saved } = whole
    const stored = etag ? { stored: { ...place, etag }, seal: await sealOf(path) } : {}
    return mismatch(source, saved) ?? { ...saved, source, file, ...stored }
  } catch (error) {
    return refusalOf(error, source, request)
  }
}

function mismatch(source: Source, { sizeBytes, sha256 }: Pick<FetchedSource, 'sizeBytes' | 'sha256'>) {
  const isSize = source.sizeBytes !== undefined && source.sizeBytes !== sizeBytes
  const isHash = source.sha256 !== undefined && source.sha256 !== sha256
  if (!isSize && !isHash) return undefined
  return finding('SOURCE_MISMATCH', {
    file: labelOf(source),
    found: isSize ? `${sizeBytes} bytes` : `sha256 ${sha256}`,
    wanted: isSize ? `${source.sizeBytes} bytes, as announced` : `sha256 ${source.sha256}, as announced`,
    action: 'Send the file again; it was changed or cut off on its way.',
  })
}

function refusalOf(error: unknown, source: Source, { attempt, signal }: FetchRequest): Finding {
  const file = labelOf(source)
  if (error instanceof NotStored) {
    return finding('SOURCE_NOT_UPLOADED', {
      file,
      found: 'no file',
      wanted: 'the file that the order names',
      action: 'Upload the file, then order again with its id.',
    })
  }
  if (error instanceof TooManyBytes) {
    return finding('TOO_LARGE', {
      file,
      found: `${error.message} bytes`,
      wanted: `at most ${fileLimitBytes / 1024 ** 3} GiB a file and ${jobLimitBytes / 1024 ** 3} GiB an item`,
      action: 'Export the file again with smaller pictures: 300 dpi at print size is enough.',
    })
  }
  if (error instanceof ForbiddenAddress) return forbidden(file, error.message)
  if (error instanceof Unreachable) return unreachable(file, error.message)
  if (error instanceof Transient && source.url !== undefined && attempt >= fetchAttempts && !signal.aborted) {
    return unreachable(file, `${error.message}, ${attempt} times`)
  }
  throw error
}

const forbidden = (file: string, found: string): Finding =>
  finding('SOURCE_ADDRESS_FORBIDDEN', {
    file,
    found,
    wanted: 'a public https address on port 443, without a login in it',
    action: 'Upload the file, or give a public https link. Locally: npm start -- --allow-source http://host:port',
  })

const unreachable = (file: string, found: string): Finding =>
  finding('SOURCE_UNREACHABLE', {
    file,
    found,
    wanted: 'the file itself, at an address that answers without a login',
    action: 'Open the link in a private browser window to check it, or upload the file instead.',
  })
