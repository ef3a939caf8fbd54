import { crc32, deflateSync } from 'node:zlib'
import type { HostileFile } from './hostile-file.ts'

const picture = (name: string, bytes: Buffer): HostileFile => ({ name, bytes, kind: 'picture' })

/** Headers that promise more pixels than any machine has, and pictures that are something else as well. */
export function hostilePictures(photo: Buffer, document: Buffer): HostileFile[] {
  const svg =
    '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&e;</text></svg>'
  const xmp = Buffer.from(
    `http://ns.adobe.com/xap/1.0/\0<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`,
  )
  const app1 = Buffer.concat([Buffer.from([0xff, 0xe1, (xmp.length + 2) >> 8, (xmp.length + 2) & 0xff]), xmp])
  const html = Buffer.from('<html><script>alert(1)</script></html>\n'.repeat(20))
  return [
    picture('PNG of ten billion pixels', png(100_000, 100_000, 0)),
    picture('interlaced PNG of 400 million pixels', png(20_000, 20_000, 1)),
    picture('PNG of four billion lines', png(1, 0xffff_ffff, 0)),
    picture('JPEG of four billion pixels', withJpegSize(photo, 65_500, 65_500)),
    picture('GIF of four billion pixels', gif(65_535, 65_535)),
    picture('TIFF of a trillion pixels', tiff(1_000_000, 1_000_000)),
    picture('WebP of 268 million pixels', webp(16_383, 16_383)),
    picture('JPEG with entities in its metadata', Buffer.concat([photo.subarray(0, 2), app1, photo.subarray(2)])),
    picture('SVG that reads files', Buffer.from(svg)),
    picture('SVG called JPEG by its first bytes', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)])),
    picture('photo with a PDF behind it', Buffer.concat([photo, document])),
    picture('photo with a page of HTML behind it', Buffer.concat([photo, html])),
    { name: 'PDF after a page of HTML', bytes: Buffer.concat([html, document]), kind: 'document' },
    {
      name: 'PDF with an archive behind it',
      bytes: Buffer.concat([document, Buffer.from('PK\x03\x04'), Buffer.alloc(500, 7)]),
      kind: 'document',
    },
    {
      name: 'PDF behind a photo’s first bytes',
      bytes: Buffer.concat([photo.subarray(0, 600), document]),
      kind: 'document',
    },
    picture('nothing at all', Buffer.alloc(0)),
    picture('noise', deflateSync(Buffer.alloc(5000, 3))),
  ]
}

function png(width: number, height: number, interlace: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, interlace], 8)
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const rows = deflateSync(Buffer.alloc(2_000_000))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The photo with other numbers in its frame header. */
function withJpegSize(photo: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(photo)
  const frame = copy.findIndex(
    (byte, at) => byte === 0xff && copy[at + 1] !== undefined && [0xc0, 0xc2].includes(copy[at + 1] ?? 0),
  )
  copy.writeUInt16BE(height, frame + 5)
  copy.writeUInt16BE(width, frame + 7)
  return copy
}

function gif(width: number, height: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16LE(width, 0)
  size.writeUInt16LE(height, 2)
  return Buffer.concat([
    Buffer.from('GIF89a'),
    size,
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0]),
    size,
    Buffer.from([0, 2, 2, 0x4c, 1, 0, 0x3b]),
  ])
}

function tiff(width: number, height: number): Buffer {
  const entries = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, 100],
  ] as const
  const file = Buffer.alloc(10 + entries.length * 12 + 4)
  file.write('II*\0', 'latin1')
  file.writeUInt32LE(8, 4)
  file.writeUInt16LE(entries.length, 8)
  for (const [index, [tag, value]] of entries.entries()) {
    const at = 10 + index * 12
    file.writeUInt16LE(tag, at)
    file.writeUInt16LE(4, at + 2)
    file.writeUInt32LE(1, at + 4)
    file.writeUInt32LE(value, at + 8)
  }
  return file
}

function webp(width: number, height: number): Buffer {
  const bits = Buffer.alloc(5)
  bits.writeUInt8(0x2f, 0)
  bits.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1)
  const body = Buffer.concat([Buffer.from('VP8L'), Buffer.from([5, 0, 0, 0]), bits, Buffer.alloc(1)])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length + 4)
  return Buffer.concat([Buffer.from('RIFF'), size, Buffer.from('WEBP'), body])
}
