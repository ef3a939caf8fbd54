/** An ICC profile whose directory holds what it says; every tag lies within the bytes. */
export type OpenProfile = {
  readonly class: string
  readonly space: string
  readonly connection: string
  /** 2.1, 4.3 and the like. */
  readonly version: number
  readonly tag: (signature: string) => Buffer | undefined
}

const headerBytes = 128
const mostTags = 100
/** A press profile of the finest grid has 3 MB; what is larger is no profile, or an attack. */
const mostBytes = 8_000_000

/** Opens a profile, or undefined where the bytes are none, or cut short. */
export function openProfile(bytes: Buffer): OpenProfile | undefined {
  if (bytes.length < headerBytes + 4 || bytes.length > mostBytes) return undefined
  if (bytes.toString('latin1', 36, 40) !== 'acsp' || bytes.readUInt32BE(0) > bytes.length) return undefined
  const tags = directoryOf(bytes)
  if (!tags) return undefined
  const word = (at: number): string => bytes.toString('latin1', at, at + 4).trimEnd()
  return {
    class: word(12),
    space: word(16),
    connection: word(20),
    version: bytes.readUInt8(8) + (bytes.readUInt8(9) >> 4) / 10,
    tag: (signature) => tags.get(signature),
  }
}

function directoryOf(bytes: Buffer): ReadonlyMap<string, Buffer> | undefined {
  const count = bytes.readUInt32BE(headerBytes)
  if (count > mostTags || headerBytes + 4 + count * 12 > bytes.length) return undefined
  const tags = new Map<string, Buffer>()
  for (let index = 0; index < count; index += 1) {
    const entry = headerBytes + 4 + index * 12
    const from = bytes.readUInt32BE(entry + 4)
    const length = bytes.readUInt32BE(entry + 8)
    if (length < 8 || from + length > bytes.length) return undefined
    tags.set(bytes.toString('latin1', entry, entry + 4), bytes.subarray(from, from + length))
  }
  return tags
}
