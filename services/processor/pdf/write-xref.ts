import { deflateSync } from 'node:zlib'
import type { BufferedFile } from './buffered-file.ts'

/** Offsets of the objects written, by number. */
export type WrittenObjects = ReadonlyMap<number, number>

export type SectionFacts = {
  /** One more than the highest number. */
  readonly size: number
  /** Of the trailer, but `/Size`. */
  readonly entries: string
  /** Of the first byte of `out` in the whole file. */
  readonly offset: number
  /** A file's first section has a row for object 0, the head of the list of free objects. */
  readonly isWhole: boolean
}

/** Ends a file with a classic table. */
export function writeXrefTable(out: BufferedFile, objects: WrittenObjects, facts: SectionFacts): void {
  const start = facts.offset + out.position()
  out.text('xref\n')
  const numbers = facts.isWhole ? Array.from({ length: facts.size }, (_, number) => number) : sorted(objects)
  for (const run of runsOf(numbers)) {
    out.text(`${run[0] ?? 0} ${run.length}\n`)
    for (const number of run) out.text(rowOf(number, objects.get(number)))
  }
  out.text(`trailer\n<< /Size ${facts.size} ${facts.entries} >>\nstartxref\n${start}\n%%EOF\n`)
}

function rowOf(number: number, offset: number | undefined): string {
  if (offset !== undefined) return `${String(offset).padStart(10, '0')} 00000 n \n`
  return `0000000000 ${number === 0 ? '65535' : '00000'} f \n`
}

const rowBytes = 9
const predictor = `/DecodeParms << /Predictor 12 /Columns ${rowBytes} >>`

/** Ends a file with a cross-reference stream: rows of a kind, eight bytes of offset, no generation. */
export function writeXrefStream(out: BufferedFile, objects: WrittenObjects, facts: SectionFacts): void {
  const start = facts.offset + out.position()
  const own = facts.size
  const places = new Map([...objects, [own, start]])
  const numbers = sorted(places)
  const rows = Buffer.alloc(numbers.length * (rowBytes + 1))
  const above = Buffer.alloc(rowBytes)
  for (const [index, number] of numbers.entries()) {
    const row = Buffer.alloc(rowBytes)
    row[0] = 1
    row.writeBigUInt64BE(BigInt(places.get(number) ?? 0), 1)
    const at = index * (rowBytes + 1)
    // PNG's Up: rows of neighbours differ little.
    rows[at] = 2
    for (let column = 0; column < rowBytes; column++) rows[at + 1 + column] = (row[column] ?? 0) - (above[column] ?? 0)
    row.copy(above)
  }
  const index = runsOf(numbers).map((run) => `${run[0] ?? 0} ${run.length}`)
  const data = deflateSync(rows)
  out.text(`${own} 0 obj\n<< /Type /XRef /Size ${own + 1} /W [1 8 0] /Index [${index.join(' ')}] ${facts.entries} `)
  out.text(`/Filter /FlateDecode ${predictor} /Length ${data.length} >>\nstream\n`)
  out.write(data)
  out.text(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`)
}

const sorted = (objects: WrittenObjects): number[] => [...objects.keys()].sort((a, b) => a - b)

/** Ascending numbers cut where one is missing. */
function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === number - 1) run.push(number)
    else runs.push([number])
  }
  return runs
}
