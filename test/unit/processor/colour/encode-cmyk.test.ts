import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import {
  bandRoomBytes,
  cmykBandRows,
  encodeCmyk,
  isCmykJpegInverted,
} from '../../../../services/processor/colour/encode-cmyk.ts'
import { highestInkPercent } from '../../../../services/processor/colour/ink.ts'
import { JpegBands } from '../../../../services/processor/colour/jpeg-bands.ts'
import { openWithPdfium } from '../../../../services/processor/pdfium/document.ts'

/** Soft ramps of all four inks: what a photograph is to an encoder. */
function ramps(widthPx: number, heightPx: number): Uint8Array {
  const pixels = new Uint8Array(widthPx * heightPx * 4)
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const across = (column * 200) / widthPx
      const down = (row * 200) / heightPx
      pixels.set([across, down, 200 - across, (across * down) / 400], (row * widthPx + column) * 4)
    }
  }
  return pixels
}

function* bandsOf(pixels: Uint8Array, widthPx: number): Generator<Buffer> {
  const size = cmykBandRows(widthPx) * widthPx * 4
  for (let at = 0; at < pixels.length; at += size) {
    yield Buffer.concat([Buffer.alloc(bandRoomBytes), pixels.subarray(at, at + size)])
  }
}

async function encoded(pixels: Uint8Array, widthPx: number, heightPx: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of encodeCmyk(widthPx, heightPx, bandsOf(pixels, widthPx))) parts.push(part)
  return Buffer.concat(parts)
}

const decoded = (jpeg: Buffer) => sharp(jpeg).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer()

/** A page that shows nothing but this JPEG, as the PDF writer is told to place it. */
function pageWith(jpeg: Buffer, widthPx: number, heightPx: number): Buffer {
  const decode = isCmykJpegInverted ? '/Decode [1 0 1 0 1 0 1 0]' : ''
  const image = `<< /Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /BitsPerComponent 8
/ColorSpace /DeviceCMYK /Filter /DCTDecode ${decode} /Length ${jpeg.length} >>`
  const content = '100 0 0 100 0 0 cm /I Do'
  return Buffer.concat([
    Buffer.from(`%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R
/Resources << /XObject << /I 5 0 R >> >> >> endobj
4 0 obj << /Length ${content.length} >> stream
${content}
endstream endobj
5 0 obj ${image} stream
`),
    jpeg,
    Buffer.from('\nendstream endobj\ntrailer << /Size 6 /Root 1 0 R >>\n%%EOF\n'),
  ])
}

describe('A CMYK JPEG', () => {
  // Odd sizes: blocks stand out on the right and below, and the last band is shorter than the others.
  const [widthPx, heightPx] = [1003, 1333]
  const pixels = ramps(widthPx, heightPx)

  test('made of bands is one picture to a reader, ink for ink', async () => {
    const jpeg = await encoded(pixels, widthPx, heightPx)
    expect(heightPx).toBeGreaterThan(cmykBandRows(widthPx))
    const { data, info } = await sharp(jpeg, { failOn: 'warning' })
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: widthPx, height: heightPx, channels: 4 })
    let most = 0
    for (let at = 0; at < data.length; at += 1) most = Math.max(most, Math.abs((data[at] ?? 0) - (pixels[at] ?? 0)))
    expect(most).toBeLessThan(12)
  })

  test('of any number of bands shows what the picture encoded at once shows', async () => {
    const photo = sharp({
      create: {
        width: 101,
        height: 205,
        channels: 3,
        background: 'gray',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
    const raw = { width: 101, height: 205, channels: 3 } as const
    const rgb = await photo.raw().toBuffer()
    const options = { quality: 92, chromaSubsampling: '4:4:4', optimiseCoding: false }
    const joined = new JpegBands(raw.width, raw.height, 16)
    const parts: Buffer[] = []
    for (let row = 0; row < raw.height; row += 16) {
      const height = Math.min(16, raw.height - row)
      const band = sharp(rgb.subarray(row * raw.width * 3, (row + height) * raw.width * 3), { raw: { ...raw, height } })
      parts.push(joined.add(await band.jpeg(options).toBuffer()))
    }
    const inBands = await sharp(Buffer.concat([...parts, joined.end()]), { failOn: 'warning' })
      .raw()
      .toBuffer()
    const atOnce = await sharp(await sharp(rgb, { raw }).jpeg(options).toBuffer())
      .raw()
      .toBuffer()
    expect(parts.length).toBeGreaterThan(9)
    expect(inBands.equals(atOnce)).toBe(true)
  })

  test('has the same bytes each time', async () => {
    const hash = async () =>
      createHash('sha256')
        .update(await encoded(pixels, widthPx, heightPx))
        .digest('hex')
    expect(await hash()).toBe(await hash())
  })

  test('is baseline, in full colour resolution, and says with Adobe’s mark how inks are stored', async () => {
    const jpeg = await encoded(pixels, widthPx, heightPx)
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    const sampling = [8, 11, 14, 17].map((at) => jpeg.readUInt8(frame + 3 + at))
    expect(sampling).toEqual([0x11, 0x11, 0x11, 0x11])
    expect(jpeg.indexOf('Adobe', 0, 'latin1')).toBeGreaterThan(0)
  })

  test('prints the right way round: bare paper is white, full black is black', async () => {
    const half = new Uint8Array(64 * 64 * 4)
    for (let at = 64 * 32; at < 64 * 64; at += 1) half[at * 4 + 3] = 255
    const document = await openWithPdfium(pageWith(await encoded(half, 64, 64), 64, 64))
    const { data } = document.render(1, 20, 20)
    const levels = [data[(2 * 20 + 10) * 4] ?? 0, data[(17 * 20 + 10) * 4] ?? 0]
    expect(levels[0]).toBeGreaterThan(250)
    expect(levels[1]).toBeLessThan(60)
  })

  test('is refused when pixels are missing, rather than cut short', async () => {
    await expect(encoded(pixels.subarray(0, widthPx * 4 * 100), widthPx, heightPx)).rejects.toThrow(/100 rows/)
    await expect(encoded(new Uint8Array(0), 70_000, 10)).rejects.toThrow(/65500 pixels a side/)
  })

  test('keeps its ink: nothing is spread or lost by encoding', async () => {
    const jpeg = await encoded(pixels, widthPx, heightPx)
    const before = highestInkPercent(pixels, widthPx, heightPx)
    expect(highestInkPercent(await decoded(jpeg), widthPx, heightPx)).toBeCloseTo(before, -1)
  })
})

describe('Total ink', () => {
  const flat = (inks: readonly number[], count: number) =>
    Uint8Array.from({ length: count * 4 }, (_, at) => inks[at % 4] ?? 0)

  test('is the sum of the four inks of the darkest area', () => {
    const pixels = flat([0, 0, 0, 0], 100 * 100)
    pixels.set(flat([255, 255, 255, 204], 100 * 10), 100 * 40 * 4)
    expect(highestInkPercent(pixels, 100, 100)).toBeCloseTo(380, 5)
  })

  test('a speck of deep ink smears nothing and is passed over', () => {
    const pixels = flat([0, 0, 0, 128], 400 * 400)
    pixels.set([255, 255, 255, 255], 0)
    expect(highestInkPercent(pixels, 400, 400)).toBeCloseTo(50.2, 1)
  })

  test('counts the same in pixels as a JPEG stores them, 255 for no ink', () => {
    const stored = flat([0, 0, 0, 255], 50 * 50)
    expect(highestInkPercent(stored, 50, 50, { isInverted: true })).toBeCloseTo(300, 5)
  })
})
