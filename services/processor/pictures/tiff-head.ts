export type TiffShape = {
  readonly widthPx: number
  readonly heightPx: number
  /** `alpha` is not multiplied into the colours. */
  readonly samples: 'rgb' | 'rgb_alpha' | 'cmyk'
  readonly profile?: Buffer | undefined
}

type Entry = readonly [tag: number, type: 3 | 4 | 7, count: number, value: number]

const channels = { rgb: 3, rgb_alpha: 4, cmyk: 4 } as const
const photometric = { rgb: 2, rgb_alpha: 2, cmyk: 5 } as const
const headerBytes = 8
const entryBytes = 12
const directoryBytes = (entries: number): number => 2 + entries * entryBytes + 4

/**
 * All of a plain TIFF but its pixels, which follow (8 bit, rows from the top, not compressed): every decoder opens it at
 * once, and it costs nothing to write.
 */
export function tiffHead({ widthPx, heightPx, samples, profile = Buffer.alloc(0) }: TiffShape): Buffer {
  const count = channels[samples]
  const extra = samples === 'rgb_alpha' ? 1 : 0
  const depthAt = headerBytes + directoryBytes(10 + extra + Math.min(1, profile.length))
  const profileAt = depthAt + count * 2
  const dataAt = profileAt + profile.length + (profile.length % 2)
  const entries: Entry[] = [
    [256, 4, 1, widthPx],
    [257, 4, 1, heightPx],
    [258, 3, count, depthAt],
    [259, 3, 1, 1],
    [262, 3, 1, photometric[samples]],
    [273, 4, 1, dataAt],
    [277, 3, 1, count],
    [278, 4, 1, heightPx],
    [279, 4, 1, widthPx * heightPx * count],
    [284, 3, 1, 1],
    ...(extra ? [[338, 3, 1, 2] as const] : []),
    ...(profile.length > 0 ? [[34_675, 7, profile.length, profileAt] as const] : []),
  ]
  const head = Buffer.alloc(dataAt)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(headerBytes, 4)
  writeDirectory(head, entries)
  for (let channel = 0; channel < count; channel += 1) head.writeUInt16LE(8, depthAt + channel * 2)
  profile.copy(head, profileAt)
  return head
}

function writeDirectory(head: Buffer, entries: readonly Entry[]): void {
  head.writeUInt16LE(entries.length, headerBytes)
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = headerBytes + 2 + index * entryBytes
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(value, at + 8)
  }
}
