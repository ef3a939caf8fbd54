import { deflateSync } from 'node:zlib'
import type { HostileFile } from './hostile-file.ts'
import { plainObjects, type RawObject, rawPdf, revision, startOfTable, stream } from './raw-pdf.ts'

/** Stands in everything that acts; no print file may hold it, packed or not. */
export const canary = 'canary-active-content'

/** What acts: entries of the catalog or the page that lead to object 10, and the text of object 10. */
const acts: readonly {
  readonly name: string
  readonly catalog?: string
  readonly page?: string
  readonly text: string
}[] = [
  { name: 'script on opening', catalog: '/OpenAction 10 0 R', text: `<< /S /JavaScript /JS (${canary}) >>` },
  {
    name: 'script by name',
    catalog: '/Names << /JavaScript << /Names [(a) 10 0 R] >> >>',
    text: `<< /S /JavaScript /JS (${canary}) >>`,
  },
  { name: 'script on the page', page: '/AA << /O 10 0 R >>', text: `<< /S /JavaScript /JS (${canary}) >>` },
  {
    name: 'program start',
    catalog: '/OpenAction 10 0 R',
    text: `<< /S /Launch /F (${canary}) /Win << /F (${canary}) >> >>`,
  },
  {
    name: 'link with a program',
    page: '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 50 50] /F 4 /A 10 0 R >>]',
    text: `<< /S /Launch /F (${canary}) >>`,
  },
  {
    name: 'form sent out',
    catalog: '/AcroForm 10 0 R',
    text: `<< /Fields [] /XFA (${canary}) /NeedAppearances true >>`,
  },
  { name: 'submit action', catalog: '/AA << /WC 10 0 R >>', text: `<< /S /SubmitForm /F (${canary}) >>` },
  {
    name: 'attached file',
    catalog: '/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >> /AF [10 0 R]',
    text: `<< /Type /Filespec /F (${canary}) /EF << /F 11 0 R >> >>`,
  },
  {
    name: 'rich media',
    page: '/Annots [10 0 R]',
    text: `<< /Type /Annot /Subtype /RichMedia /Rect [0 0 50 50] /F 4 /RichMediaContent << /Assets << /Names [(${canary}) 11 0 R] >> >> >>`,
  },
  {
    name: 'remote page',
    page: '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /F 4 /A 10 0 R >>]',
    text: `<< /S /GoToR /F (${canary}) /D [0 /Fit] >>`,
  },
  {
    name: 'address',
    page: '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /F 4 /A 10 0 R >>]',
    text: `<< /S /URI /URI (https://${canary}.example/) >>`,
  },
]

const attachment = stream(11, '/Type /EmbeddedFile', Buffer.from(canary))

/** Each thing that acts, put into each hiding place. */
export function activeFiles(): HostileFile[] {
  return acts.flatMap((act) =>
    hidingPlaces.map(({ name, hide }) => ({
      name: `${act.name}, ${name}`,
      bytes: hide(act),
      kind: 'document' as const,
    })),
  )
}

type Act = (typeof acts)[number]

const hidingPlaces: readonly { readonly name: string; readonly hide: (act: Act) => Buffer }[] = [
  { name: 'in the open', hide: (act) => rawPdf([...plainObjects(act), { number: 10, text: act.text }, attachment]) },
  {
    name: 'behind name escapes',
    hide: (act) =>
      rawPdf([
        ...plainObjects({
          ...(act.catalog ? { catalog: escaped(act.catalog) } : {}),
          ...(act.page ? { page: escaped(act.page) } : {}),
        }),
        { number: 10, text: escaped(act.text) },
        attachment,
      ]),
  },
  {
    name: 'in an object nobody names',
    hide: (act) => rawPdf([...plainObjects(), { number: 10, text: act.text }, attachment]),
  },
  { name: 'in an old revision', hide: inOldRevision },
  { name: 'in an object stream', hide: inObjectStream },
  { name: 'in the bytes between', hide: (act) => between(act) },
]

/** `/JavaScript` as `/J#61vaScript`: the second letter of every name as its number. */
const escaped = (text: string): string =>
  text.replace(
    /\/([A-Za-z])([A-Za-z])/g,
    (_all, first: string, second: string) => `/${first}#${second.charCodeAt(0).toString(16)}`,
  )

/** The catalog and the page are written again without it: readers never see it, the bytes are still there. */
function inOldRevision(act: Act): Buffer {
  const first = rawPdf([...plainObjects(act), { number: 10, text: act.text }, attachment])
  const cleaned = plainObjects().filter(({ number }) => number === 1 || number === 3)
  return revision(first, cleaned, `/Root 1 0 R /Prev ${startOfTable(first)}`)
}

/** A file with a cross-reference stream whose object 10 stands packed in an object stream. */
function inObjectStream(act: Act): Buffer {
  const packed = `10 0 ${act.text}`
  const objects: readonly RawObject[] = [
    ...plainObjects(act),
    attachment,
    stream(12, '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode', deflateSync(Buffer.from(packed, 'latin1'))),
  ]
  let file = Buffer.from('%PDF-1.7\n', 'latin1')
  const rows = new Map<number, readonly [number, number, number]>([[10, [2, 12, 0]]])
  for (const { number, text, data } of objects) {
    rows.set(number, [1, file.length, 0])
    const body = data ? Buffer.concat([Buffer.from('stream\n'), data, Buffer.from('\nendstream\n')]) : Buffer.alloc(0)
    file = Buffer.concat([file, Buffer.from(`${number} 0 obj\n${text}\n`, 'latin1'), body, Buffer.from('endobj\n')])
  }
  const start = file.length
  rows.set(13, [1, start, 0])
  const table = Buffer.alloc(14 * 6)
  for (const [number, [type, offset, index]] of rows) {
    table.writeUInt8(type, number * 6)
    table.writeUInt32BE(offset, number * 6 + 1)
    table.writeUInt8(index, number * 6 + 5)
  }
  const xref = Buffer.from(
    `13 0 obj\n<< /Type /XRef /Size 14 /W [1 4 1] /Root 1 0 R /Length ${table.length} >>\nstream\n`,
    'latin1',
  )
  return Buffer.concat([file, xref, table, Buffer.from(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`)])
}

/** Between two objects, where no table points. */
function between(act: Act): Buffer {
  const file = rawPdf(plainObjects())
  const end = file.lastIndexOf('xref\n0 1')
  const hidden = Buffer.from(`10 0 obj\n${act.text}\nendobj\n`, 'latin1')
  const moved = Buffer.concat([file.subarray(0, end), hidden, file.subarray(end)])
  return Buffer.from(moved.toString('latin1').replace(/startxref\n\d+/, `startxref\n${end + hidden.length}`), 'latin1')
}
