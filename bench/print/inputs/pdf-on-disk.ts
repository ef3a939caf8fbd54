import { closeSync, openSync, writeSync } from 'node:fs'

/** Writes a plain PDF 1.4 with a table of objects straight to disk: large files need no memory. */
export function openPdfOnDisk(path: string) {
  const file = openSync(path, 'w')
  const offsets: number[] = []
  let at = 0
  const write = (bytes: Buffer): void => {
    writeSync(file, bytes)
    at += bytes.length
  }
  const text = (words: string): void => write(Buffer.from(words, 'latin1'))
  text('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')
  return {
    /** Writes object `number` as a dictionary, with data when given. */
    put: (number: number, dictionary: string, data?: Buffer): void => {
      offsets[number] = at
      text(`${number} 0 obj\n<< ${dictionary}${data ? ` /Length ${data.length}` : ''} >>\n`)
      if (data) {
        text('stream\n')
        write(data)
        text('\nendstream\n')
      }
      text('endobj\n')
    },
    close: (root: number): void => {
      const start = at
      const rows = Array.from(offsets, (offset, number) =>
        number === 0 ? '0000000000 65535 f \n' : `${String(offset ?? 0).padStart(10, '0')} 00000 n \n`,
      )
      text(`xref\n0 ${offsets.length}\n${rows.join('')}`)
      text(`trailer\n<< /Size ${offsets.length} /Root ${root} 0 R >>\nstartxref\n${start}\n%%EOF\n`)
      closeSync(file)
    },
  }
}
