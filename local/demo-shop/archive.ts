import { crc32 } from 'node:zlib'

export type ArchivedFile = { readonly name: string; readonly bytes: Uint8Array }

const version = 20
/** 1 January 2026. */
const date = (46 << 9) | (1 << 5) | 1

/** A ZIP archive of files that are packed already, such as photos: stored as they are. */
export function archiveOf(files: readonly ArchivedFile[]): Buffer {
  let offset = 0
  const entries = files.map(({ name, bytes }) => {
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(version, 0)
    facts.writeUInt16LE(date, 8)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(bytes.length, 14)
    facts.writeUInt32LE(bytes.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), bytes])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, rest, Buffer.from(name)])
    offset += local.length
    return { local, central }
  })
  const list = Buffer.concat(entries.map(({ central }) => central))
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...entries.map(({ local }) => local), list, Buffer.from('PK\x05\x06'), end])
}
