import { closeSync, openSync, writeSync } from 'node:fs'

/** Number of an indirect object in the file being written. */
export type ObjectNumber = number

/** A PDF written front to back, object by object: memory does not grow with the file. Same calls, same bytes. */
export type PdfWriter = {
  readonly reserve: () => ObjectNumber
  readonly put: (number: ObjectNumber, body: string) => void
  /** `entries` are the dictionary's entries without `/Length`. */
  readonly putStream: (number: ObjectNumber, entries: string, bytes: Uint8Array) => void
  /** Ends the file; `id` is 32 hex digits. Nothing may be put afterwards. */
  readonly finish: (root: ObjectNumber, info: ObjectNumber, id: string) => void
}

export const referTo = (number: ObjectNumber): string => `${number} 0 R`

const flushBytes = 1 << 20

/** Opens `path` for a new PDF 1.7. */
export function createPdfWriter(path: string): PdfWriter {
  const out = bufferedFile(path)
  const offsets: number[] = [0]
  // Four bytes above 127 tell transfer programs that the file is binary (ISO 32000-1, 7.5.2).
  out.write(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'))
  const begin = (number: ObjectNumber): void => {
    offsets[number] = out.position()
    out.write(Buffer.from(`${number} 0 obj\n`, 'latin1'))
  }
  return {
    reserve: () => offsets.push(0) - 1,
    put: (number, body) => {
      begin(number)
      out.write(Buffer.from(`${body}\nendobj\n`, 'latin1'))
    },
    putStream: (number, entries, bytes) => {
      begin(number)
      out.write(Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`, 'latin1'))
      out.write(bytes)
      out.write(Buffer.from('\nendstream\nendobj\n', 'latin1'))
    },
    finish: (root, info, id) => {
      const start = out.position()
      const rows = offsets.map((offset, number) =>
        number === 0 ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`,
      )
      const trailer = `<< /Size ${offsets.length} /Root ${referTo(root)} /Info ${referTo(info)} /ID [<${id}> <${id}>] >>`
      out.write(
        Buffer.from(
          `xref\n0 ${offsets.length}\n${rows.join('')}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`,
          'latin1',
        ),
      )
      out.close()
    },
  }
}

type BufferedFile = {
  readonly position: () => number
  readonly write: (bytes: Uint8Array) => void
  readonly close: () => void
}

function bufferedFile(path: string): BufferedFile {
  const file = openSync(path, 'wx')
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let position = 0
  const flush = (): void => {
    const bytes = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
  }
  return {
    position: () => position,
    write: (bytes) => {
      waiting.push(bytes)
      waitingBytes += bytes.length
      position += bytes.length
      if (waitingBytes >= flushBytes) flush()
    },
    close: () => {
      flush()
      closeSync(file)
    },
  }
}
