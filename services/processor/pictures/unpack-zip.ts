import { createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Format } from '../sniff/formats.ts'
import { sniff, sniffedBytes } from '../sniff/sniff.ts'
import { mostZipPictures } from './most-zip-pictures.ts'
import type { ZipAnswer, ZipRefusal } from './zip-answer.ts'
import { openZip, type ZipEntry } from './zip-file.ts'
import { inReadingOrder, isZipLitter, readableName } from './zip-names.ts'

const mostBytes = 2 * 1024 ** 3
/** Pictures hardly shrink. Beyond this, an archive that unpacks to so many times itself is made to do harm. */
const alwaysAllowedBytes = 256 * 1024 ** 2
const mostTimes = 100

/** What stops the unpacking. */
class Refusal extends Error {
  override name = 'Refusal'
  readonly code: ZipRefusal['code']

  constructor(code: ZipRefusal['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Unpacks the pictures of an archive into the job folder, in reading order, as `<file>-001`, `<file>-002` and so on: names
 * in the archive decide the order and nothing else. Anything in it that is no picture refuses the whole, by name.
 */
export async function unpackZip(folder: string, file: string): Promise<ZipAnswer> {
  const written: string[] = []
  try {
    return { kind: 'unpacked', files: await unpacked(folder, file, written) }
  } catch (error) {
    await Promise.all(written.map((path) => rm(path, { force: true })))
    if (!(error instanceof Error)) throw error
    // A full disk is ours, not the archive's.
    if ('code' in error && (error.code === 'ENOSPC' || error.code === 'ENOENT')) throw error
    const code = error instanceof Refusal ? error.code : 'CORRUPT_UNRECOVERABLE'
    return { kind: 'unreadable', code, detail: error.message.slice(0, 250) }
  }
}

async function unpacked(folder: string, file: string, written: string[]) {
  const path = join(folder, file)
  const zip = await openZip(path)
  try {
    const pictures = checked(zip.entries, (await stat(path)).size)
    const files = []
    for (const [index, entry] of pictures.entries()) {
      const name = `${file}-${String(index + 1).padStart(3, '0')}`
      const target = join(folder, name)
      written.push(target)
      await pipeline(await entry.open(), createWriteStream(target))
      const format = await pictureFormat(target, entry.name)
      files.push({ file: name, name: readableName(entry.name), format, sizeBytes: entry.uncompressedSize })
    }
    return files
  } finally {
    zip.close()
  }
}

/** Everything that the archive's directory tells already, before a byte is unpacked; sizes in it are held to later. */
function checked(entries: readonly ZipEntry[], archiveBytes: number): ZipEntry[] {
  const pictures = entries
    .filter(({ name }) => !isZipLitter(name))
    .toSorted((one, other) => inReadingOrder(one.name, other.name))
  const locked = pictures.find(({ isLocked }) => isLocked)
  if (locked) throw new Refusal('PASSWORD_REQUIRED', `${readableName(locked.name)} in the archive needs a password`)
  if (pictures.length === 0) throw new Refusal('EMPTY_DOCUMENT', 'an archive without files')
  if (pictures.length > mostZipPictures) {
    throw new Refusal('TOO_LARGE', `${pictures.length} files in the archive; at most ${mostZipPictures}`)
  }
  const bytes = pictures.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  const limit = Math.min(mostBytes, Math.max(alwaysAllowedBytes, archiveBytes * mostTimes))
  if (bytes > limit) {
    throw new Refusal('TOO_LARGE', `${archiveBytes} bytes that unpack to ${bytes}; at most ${limit}`)
  }
  return pictures
}

async function pictureFormat(path: string, name: string): Promise<Format> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0)
    const seen = sniff(buffer.subarray(0, bytesRead))
    if (seen.kind === 'known' && seen.format !== 'pdf' && seen.format !== 'zip') return seen.format
    throw new Refusal('UNSUPPORTED_FORMAT', `${readableName(name)} in the archive is ${wordsFor(seen)}`)
  } finally {
    await file.close()
  }
}

function wordsFor(seen: ReturnType<typeof sniff>): string {
  if (seen.kind === 'empty') return 'an empty file'
  if (seen.kind === 'unknown') return seen.looksLike.split(': ')[0] ?? 'no picture'
  return seen.format === 'pdf' ? 'a PDF, which has to be sent by itself' : 'another archive'
}
