import { Transient } from '#chassis/errors.ts'
import { groupTags, type IppAttribute, type IppGroup, type IppMessage, type IppValue, valueTags } from './message.ts'

/** Collections inside one another, deeper than any printer's. */
const mostDepth = 8

/** The message in a printer's answer. Throws Transient for bytes that are no IPP; never reads past them, never goes back. */
export function decodeMessage(bytes: Buffer): IppMessage {
  const reader = createReader(bytes)
  const version = reader.byte()
  reader.byte()
  if (version < 1 || version > 2) throw notIpp(`version ${version}`)
  const code = reader.number(2)
  const requestId = reader.number(4)
  const groups: IppGroup[] = []
  for (let tag = reader.byte(); tag !== groupTags.end; tag = reader.byte()) {
    groups.push({ tag, attributes: readAttributes(reader) })
  }
  return { code, requestId, groups }
}

type Reader = {
  readonly byte: () => number
  /** The next byte, which is read again. */
  readonly peek: () => number
  readonly number: (length: 2 | 4) => number
  /** Bytes with their length before them. */
  readonly counted: () => Buffer
}

function createReader(bytes: Buffer): Reader {
  let place = 0
  const take = (length: number): Buffer => {
    if (place + length > bytes.length) throw notIpp('it ends in the middle')
    const taken = bytes.subarray(place, place + length)
    place += length
    return taken
  }
  return {
    byte: () => take(1).readUInt8(),
    peek: () => {
      const next = bytes[place]
      if (next === undefined) throw notIpp('it ends in the middle')
      return next
    },
    number: (length) => take(length).readUIntBE(0, length),
    counted: () => take(take(2).readUInt16BE()),
  }
}

/** Delimiters of groups are below 0x10. */
function readAttributes(reader: Reader): readonly IppAttribute[] {
  const found: { name: string; tag: number; values: IppValue[] }[] = []
  while (reader.peek() >= 0x10) {
    const tag = reader.byte()
    const name = reader.counted().toString('utf8')
    const value = readValue(reader, tag, reader.counted(), 0)
    const last = found.at(-1)
    if (name === '' && last !== undefined) last.values.push(value)
    else found.push({ name, tag, values: [value] })
  }
  return found
}

function readValue(reader: Reader, tag: number, bytes: Buffer, depth: number): IppValue {
  switch (tag) {
    case valueTags.integer:
    case valueTags.enum:
      return bytes.length === 4 ? bytes.readInt32BE() : undefined
    case valueTags.boolean:
      return bytes.length === 1 ? bytes[0] === 1 : undefined
    case valueTags.rangeOfInteger:
      return bytes.length === 8 ? [bytes.readInt32BE(0), bytes.readInt32BE(4)] : undefined
    case valueTags.collection:
      return readCollection(reader, depth + 1)
    case valueTags.textWithLanguage:
    case valueTags.nameWithLanguage:
      return withoutLanguage(bytes)
    case valueTags.unknown:
    case valueTags.noValue:
      return undefined
    default:
      return bytes.toString('utf8')
  }
}

function readCollection(reader: Reader, depth: number): readonly IppAttribute[] {
  if (depth > mostDepth) throw notIpp('its collections have no end')
  const members: { name: string; tag: number; values: IppValue[] }[] = []
  for (;;) {
    const tag = reader.byte()
    reader.counted()
    const bytes = reader.counted()
    if (tag === valueTags.endCollection) return members
    if (tag === valueTags.memberName) {
      members.push({ name: bytes.toString('utf8'), tag: 0, values: [] })
      continue
    }
    const member = members.at(-1)
    if (member === undefined) throw notIpp('a member of a collection has no name')
    member.tag = tag
    member.values.push(readValue(reader, tag, bytes, depth))
  }
}

/** Language and words, each with its length before it. */
function withoutLanguage(bytes: Buffer): string | undefined {
  const reader = createReader(bytes)
  reader.counted()
  return reader.counted().toString('utf8')
}

const notIpp = (what: string): Transient => new Transient(`The printer's answer is no IPP: ${what}`)
