import { deflateSync } from 'node:zlib'

/** A piece of a handwritten PDF: the text of object `number`, with stream data when given. */
export type RawObject = { readonly number: number; readonly text: string; readonly data?: Buffer }

/** Writes objects as they are, with a true table of objects: what is wrong with the file is only what the caller wrote. */
export function rawPdf(objects: readonly RawObject[], trailer = ''): Buffer {
  return revision(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'), objects, `/Root 1 0 R ${trailer}`)
}

/** Appends objects to `before` as an incremental update; `trailer` names the root and, for updates, /Prev. */
export function revision(before: Buffer, objects: readonly RawObject[], trailer: string): Buffer {
  const parts: Buffer[] = [before]
  let at = before.length
  const offsets: (readonly [number, number])[] = []
  const write = (bytes: Buffer): void => {
    parts.push(bytes)
    at += bytes.length
  }
  for (const { number, text, data } of objects) {
    offsets.push([number, at])
    write(Buffer.from(`${number} 0 obj\n${text}\n`, 'latin1'))
    if (data) write(Buffer.concat([Buffer.from('stream\n'), data, Buffer.from('\nendstream\n')]))
    write(Buffer.from('endobj\n'))
  }
  const rows = offsets.map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = Math.max(...objects.map(({ number }) => number), 30) + 1
  write(
    Buffer.from(
      `xref\n0 1\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
      'latin1',
    ),
  )
  return Buffer.concat(parts)
}

/** Where the newest table of objects of a file written here begins. */
export const startOfTable = (file: Buffer): number =>
  Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.toString('latin1', file.length - 60))?.[1])

const content = deflateSync(Buffer.from('0.2 0.5 0.7 rg 40 40 300 400 re f 0 g 60 60 100 100 re f'))

/** Objects 1 to 5 of a plain book of one page that fills an A5; each can be given other entries. */
export function plainObjects(
  more: { readonly catalog?: string; readonly page?: string; readonly pages?: string } = {},
): readonly RawObject[] {
  return [
    { number: 1, text: `<< /Type /Catalog /Pages 2 0 R ${more.catalog ?? ''} >>` },
    { number: 2, text: more.pages ?? '<< /Type /Pages /Count 1 /Kids [3 0 R] >>' },
    {
      number: 3,
      text: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << >> ${more.page ?? ''} >>`,
    },
    { number: 4, text: `<< /Length ${content.length} /Filter /FlateDecode >>`, data: content },
  ]
}

export const stream = (number: number, entries: string, data: Buffer): RawObject => ({
  number,
  text: `<< ${entries} /Length ${data.length} >>`,
  data,
})
