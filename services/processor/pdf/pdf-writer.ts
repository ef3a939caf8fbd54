import { type BufferedFile, createBufferedFile } from './buffered-file.ts'
import type { ByteSource } from './byte-source.ts'
import type { PdfFile } from './pdf-file.ts'
import { PdfString } from './values.ts'
import { type WrittenObjects, writeXrefStream, writeXrefTable } from './write-xref.ts'

/** Number of an indirect object in the file being written. */
export type ObjectNumber = number

export type PdfEnd = {
  readonly root: ObjectNumber
  readonly info: ObjectNumber
  /** 32 hex digits. */
  readonly id: string
  /** First element of /ID where it is not to be `id` (or, in an appendix, that of the base). */
  readonly firstId?: Buffer
}

/** A PDF written front to back, object by object: memory does not grow with the file. Same calls, same bytes. */
export type PdfWriter = {
  readonly reserve: () => ObjectNumber
  /** `body` is written one byte a character. */
  readonly put: (number: ObjectNumber, body: string) => void
  /** `entries` are the dictionary's entries without `/Length`. */
  readonly putStream: (number: ObjectNumber, entries: string, bytes: Uint8Array) => void
  /** As putStream, the bytes copied piece by piece. */
  readonly putStreamFrom: (
    number: ObjectNumber,
    entries: string,
    source: ByteSource,
    start: number,
    length: number,
  ) => void
  /** Ends the file. Nothing may be put afterwards. */
  readonly finish: (end: PdfEnd) => void
}

export const referTo = (number: ObjectNumber): string => `${number} 0 R`

const copyBytes = 1 << 20

/** A new PDF 1.7 at `path`, which must not exist. */
export function createPdfWriter(path: string): PdfWriter {
  const out = createBufferedFile(path)
  // Four bytes above 127 tell transfer programs that the file is binary (ISO 32000-1, 7.5.2).
  out.text('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
  return writerOn(out, { firstNumber: 1, offset: 0 }, (objects, size, { root, info, id, firstId }) => {
    const entries = `/Root ${referTo(root)} /Info ${referTo(info)} /ID [<${firstId?.toString('hex') ?? id}> <${id}>]`
    writeXrefTable(out, objects, { size, entries, offset: 0, isWhole: true })
  })
}

/**
 * The bytes to be appended to a sound, unencrypted file so that it becomes another state of itself: new objects from
 * `base.size` on, others replaced. The section is written as the newest one of the base is.
 */
export function createPdfAppendix(path: string, base: PdfFile): PdfWriter {
  const out = createBufferedFile(path)
  out.text('\n')
  const place = { firstNumber: base.size, offset: base.bytes.size }
  return writerOn(out, place, (objects, size, { root, info, id, firstId }) => {
    const ids = `[<${(firstId ?? firstIdOf(base))?.toString('hex') ?? id}> <${id}>]`
    const entries = `/Root ${referTo(root)} /Info ${referTo(info)} /ID ${ids} /Prev ${base.startXref}`
    const section = { size, entries, offset: place.offset, isWhole: false }
    if (base.xrefKind === 'table') writeXrefTable(out, objects, section)
    else writeXrefStream(out, objects, section)
  })
}

function firstIdOf(base: PdfFile): Buffer | undefined {
  const first = base.resolve(base.array(base.trailer.get('ID'))?.[0])
  return first instanceof PdfString ? first.bytes : undefined
}

function writerOn(
  out: BufferedFile,
  { firstNumber, offset }: { readonly firstNumber: number; readonly offset: number },
  end: (objects: WrittenObjects, size: number, end: PdfEnd) => void,
): PdfWriter {
  const objects = new Map<number, number>()
  let next = firstNumber
  const begin = (number: ObjectNumber, body: string): void => {
    objects.set(number, offset + out.position())
    out.text(`${number} 0 obj\n${body}`)
  }
  const beginStream = (number: ObjectNumber, entries: string, length: number): void =>
    begin(number, `<< ${entries} /Length ${length} >>\nstream\n`)
  const endStream = (): void => out.text('\nendstream\nendobj\n')
  return {
    reserve: () => next++,
    put: (number, body) => begin(number, `${body}\nendobj\n`),
    putStream: (number, entries, bytes) => {
      beginStream(number, entries, bytes.length)
      out.write(bytes)
      endStream()
    },
    putStreamFrom: (number, entries, source, start, length) => {
      beginStream(number, entries, length)
      for (let at = start; at < start + length; at += copyBytes) {
        const wanted = Math.min(copyBytes, start + length - at)
        const bytes = source.read(at, at + wanted)
        if (bytes.length !== wanted) throw new RangeError(`A source gave ${bytes.length} bytes instead of ${wanted}`)
        out.write(bytes)
      }
      endStream()
    },
    finish: (facts) => {
      end(objects, next, facts)
      out.close()
    },
  }
}
