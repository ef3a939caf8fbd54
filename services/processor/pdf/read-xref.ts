import type { ByteSource } from './byte-source.ts'
import { isWhite, standsAt } from './characters.ts'
import { decodeStream } from './filters.ts'
import type { ObjectReader } from './object-reader.ts'
import { type PdfDict, PdfStream, type PdfValue } from './values.ts'
import { readXrefRows } from './xref-rows.ts'
import { readXrefStreamRows } from './xref-stream-rows.ts'
import { free, XrefTable } from './xref-table.ts'

const tailBytes = 1 << 15
const nearBytes = 256
const mostSections = 4096
const mostTableBytes = 1 << 28

/** One section of the cross-reference: a table with its trailer, or a stream. `end`: where its dictionary or data end. */
export type XrefSection = {
  readonly kind: 'table' | 'stream'
  readonly start: number
  readonly end: number
  readonly trailer: PdfDict
}

export type Xref = {
  readonly table: XrefTable
  readonly trailer: PdfDict
  /** Newest first, never empty; the stream of a hybrid section follows its table. */
  readonly sections: readonly XrefSection[]
}

/** Follows the sections from `startxref`; undefined where they are damaged. `shift`: length of junk before the header. */
export function readXref(bytes: ByteSource, reader: ObjectReader, shift: number): Xref | undefined {
  const stated = statedStart(bytes)
  if (stated === undefined) return undefined
  const table = new XrefTable()
  const sections: XrefSection[] = []
  const seen = new Set<number>()
  const next = [near(bytes, stated, shift)]
  for (let at = next.shift(); at !== undefined; at = next.shift()) {
    if (seen.has(at)) {
      reader.sawOddity = true
      continue
    }
    seen.add(at)
    const section = readSection(bytes, reader, at, shift, table)
    if (section === undefined || seen.size > mostSections) return undefined
    sections.push(...section)
    reader.sawOddity ||= section.some(({ trailer }) => !isPossibleSize(trailer.get('Size')))
    const previous = section[0]?.trailer.get('Prev')
    if (typeof previous === 'number' && previous > 0) next.push(previous + shift)
  }
  return { table, trailer: joinedTrailer(sections), sections }
}

/** Beyond 31 bits other readers call the whole file damaged, and so they would with our changes appended to it. */
const isPossibleSize = (size: PdfValue | undefined): boolean =>
  typeof size === 'number' && Number.isInteger(size) && size >= 0 && size < 2 ** 31

function statedStart(bytes: ByteSource): number | undefined {
  const tail = bytes.read(bytes.size - tailBytes, bytes.size)
  const at = tail.lastIndexOf('startxref')
  if (at < 0) return undefined
  const found = /^startxref\s*(\d+)/.exec(tail.toString('latin1', at, at + 64))
  return found?.[1] === undefined ? undefined : Number(found[1])
}

/** Where the section really starts: as stated, counted from the header, or a little off. */
function near(bytes: ByteSource, stated: number, shift: number): number {
  if (isSection(bytes, stated + shift)) return stated + shift
  if (isSection(bytes, stated)) return stated
  const from = Math.max(0, stated + shift - nearBytes)
  const around = bytes.read(from, stated + shift + nearBytes)
  for (let at = around.indexOf('xref'); at >= 0; at = around.indexOf('xref', at + 4)) {
    if (!standsAt(around, at - 5, 'start')) return from + at
  }
  return stated + shift
}

function isSection(bytes: ByteSource, at: number): boolean {
  return /^\s*(xref|\d+\s+\d+\s+obj)/.test(bytes.read(at, at + 40).toString('latin1'))
}

function readSection(
  bytes: ByteSource,
  reader: ObjectReader,
  from: number,
  shift: number,
  table: XrefTable,
): readonly XrefSection[] | undefined {
  const head = bytes.read(from, from + 64)
  let start = 0
  while (start < head.length && isWhite(head[start] ?? 0)) start++
  const at = from + start
  if (!standsAt(head, start, 'xref')) {
    const section = readStreamSection(bytes, reader, at, shift, table)
    return section === undefined ? undefined : [section]
  }
  const { end, freed, isOdd } = readXrefRows(bytes, at + 4, shift, table)
  reader.sawOddity ||= isOdd
  if (!standsAt(bytes.read(end, end + 7), 0, 'trailer')) return undefined
  const trailer = reader.value(end + 7)
  if (!(trailer.value instanceof Map)) return undefined
  const section: XrefSection = { kind: 'table', start: at, end: trailer.end, trailer: trailer.value }
  // What the stream of a hybrid file adds is hidden in the table as free (7.5.8.4): it comes before those rows.
  const extra = trailer.value.get('XRefStm')
  const hidden = typeof extra === 'number' ? readStreamSection(bytes, reader, extra + shift, shift, table) : undefined
  for (const number of freed) table.add(number, free, 0, 0)
  return hidden === undefined ? [section] : [section, hidden]
}

function readStreamSection(
  bytes: ByteSource,
  reader: ObjectReader,
  at: number,
  shift: number,
  table: XrefTable,
): XrefSection | undefined {
  const found = reader.read(at)
  if (!(found?.value instanceof PdfStream)) return undefined
  const { dict, start, length } = found.value
  const widths = numbers(dict.get('W'))
  const [first = 0, second = 0, third = 0] = widths
  if (widths.length < 3 || widths.some((width) => width < 0 || width > 8) || first + second + third === 0)
    return undefined
  const size = dict.get('Size')
  const stated = numbers(dict.get('Index'))
  const index = stated.length > 1 ? stated : [0, typeof size === 'number' ? size : 0]
  const stored = bytes.read(start, start + length)
  const data = decodeStream(stored, dict, mostTableBytes, (value) => value)
  const rowsEnd = readXrefStreamRows(data, { widths: [first, second, third], index }, shift, table)
  reader.sawOddity ||= rowsEnd !== data.length
  return { kind: 'stream', start: at, end: start + length, trailer: dict }
}

const numbers = (value: PdfValue | undefined): readonly number[] =>
  Array.isArray(value)
    ? value.filter((item): item is number => typeof item === 'number' && Number.isInteger(item) && item >= 0)
    : []

/** The newest trailer; what it must have but lacks comes from older ones. */
function joinedTrailer(sections: readonly XrefSection[]): PdfDict {
  const joined = new Map(sections.find((section) => section.trailer.has('Root'))?.trailer)
  for (const { trailer } of sections) {
    for (const key of ['Root', 'Encrypt', 'ID']) {
      const value = trailer.get(key)
      if (value !== undefined && !joined.has(key)) joined.set(key, value)
    }
  }
  return joined
}
