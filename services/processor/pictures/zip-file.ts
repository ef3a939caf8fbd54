import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'

/** A file in an archive. */
export type ZipEntry = Pick<Entry, 'uncompressedSize' | 'compressedSize'> & {
  readonly name: string
  readonly isLocked: boolean
  readonly open: () => Promise<Readable>
}

export type OpenZip = { readonly entries: readonly ZipEntry[]; readonly close: () => void }

/** Photo tools write a few entries beside the pictures; a directory of a million names is no album. */
const mostEntries = 5_000

/** Reads the archive's own directory; throws when it is broken or endless. Nothing is unpacked yet. */
export async function openZip(path: string): Promise<OpenZip> {
  const zip = await opened(path)
  try {
    if (zip.entryCount > mostEntries) throw new Error(`${zip.entryCount} entries in the archive`)
    const entries = await directoryOf(zip)
    return { entries, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

function opened(path: string): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: false, validateEntrySizes: true } as const
  return new Promise((resolve, reject) => {
    yauzl.open(path, options, (error, zip) => (error ? reject(error) : resolve(zip)))
  })
}

function directoryOf(zip: ZipFile): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      const { fileName: name, uncompressedSize, compressedSize } = entry
      const isLocked = entry.isEncrypted()
      entries.push({ name, uncompressedSize, compressedSize, isLocked, open: () => streamOf(zip, entry) })
      zip.readEntry()
    })
    zip.readEntry()
  })
}

function streamOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  })
}
