import { groupTags, type IppAttribute, type IppMessage, type IppValue, valueTags } from './message.ts'

/** A message in the bytes of RFC 8010; a document may follow them. Version 1.1, which every printer of version 2 takes as well. */
export function encodeMessage({ code, requestId, groups }: IppMessage): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(0x0101, 0)
  head.writeUInt16BE(code, 2)
  head.writeInt32BE(requestId, 4)
  const body = groups.flatMap(({ tag, attributes }) => [Buffer.of(tag), ...attributes.flatMap(attributeBytes)])
  return Buffer.concat([head, ...body, Buffer.of(groupTags.end)])
}

/** Values after the first have no name. */
const attributeBytes = ({ name, tag, values }: IppAttribute): readonly Buffer[] =>
  values.flatMap((value, index) => valueBytes(tag, index === 0 ? name : '', value))

function valueBytes(tag: number, name: string, value: IppValue): readonly Buffer[] {
  const head = [Buffer.of(tag), counted(Buffer.from(name))]
  if (tag === valueTags.collection && isCollection(value)) {
    const members = value.flatMap((member) => [
      ...valueBytes(valueTags.memberName, '', member.name),
      ...member.values.flatMap((each) => valueBytes(member.tag, '', each)),
    ])
    return [...head, counted(Buffer.alloc(0)), ...members, ...valueBytes(valueTags.endCollection, '', '')]
  }
  return [...head, counted(plainBytes(value))]
}

const isCollection = (value: IppValue): value is readonly IppAttribute[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object')

function plainBytes(value: IppValue): Buffer {
  if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0)
  if (typeof value === 'string') return Buffer.from(value)
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(typeof value === 'number' ? value : 0)
  return bytes
}

function counted(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
