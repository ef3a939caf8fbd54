/** What an uncompressed TIFF needs before its pixels. */
export const tiffHeadBytes = 256

/**
 * Makes `band`, `tiffHeadBytes` of room and then four-ink pixels (0 is no ink), an uncompressed TIFF in place: the only way
 * to tell sharp that raw bytes are inks and not colours with transparency.
 */
export function asCmykTiff(band: Buffer, widthPx: number, heightPx: number): Buffer {
  const fields = [
    [256, long, widthPx],
    [257, long, heightPx],
    [258, short, bitsAt, 4],
    [259, short, 1],
    [262, short, separated],
    [273, long, tiffHeadBytes],
    [277, short, 4],
    [278, long, heightPx],
    [279, long, band.length - tiffHeadBytes],
  ] as const
  const header = band.fill(0, 0, tiffHeadBytes)
  header.write('II*\0', 0, 'latin1')
  header.writeUInt32LE(directoryAt, 4)
  for (let sample = 0; sample < 4; sample += 1) header.writeUInt16LE(8, bitsAt + sample * 2)
  header.writeUInt16LE(fields.length, directoryAt)
  for (const [index, [tag, type, value, count = 1]] of fields.entries()) {
    const at = directoryAt + 2 + index * 12
    header.writeUInt16LE(tag, at)
    header.writeUInt16LE(type, at + 2)
    header.writeUInt32LE(count, at + 4)
    header.writeUInt32LE(value, at + 8)
  }
  return band
}

const short = 3
const long = 4
const separated = 5
const bitsAt = 8
const directoryAt = 16
