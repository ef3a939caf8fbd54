import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { paragraphs } from '../../../local/samples/prose.ts'
import { openPdfOnDisk } from './pdf-on-disk.ts'

/** A4 in points. */
const page = { width: 595.276, height: 841.89 } as const

export type PictureDocument = {
  readonly path: string
  readonly pages: number
  readonly bytes: number
  readonly photo: string
}

/** Pages of text around a picture that differs from page to page; about `bytes` in all. */
export async function writePictureDocument({ path, pages, bytes, photo }: PictureDocument): Promise<void> {
  const pdf = openPdfOnDisk(path)
  const variants = await jpegsOf(photo, bytes / pages)
  const font = 3
  const first = 4
  const kids = Array.from({ length: pages }, (_, index) => `${first + index * 3} 0 R`).join(' ')
  pdf.put(1, '/Type /Catalog /Pages 2 0 R')
  pdf.put(2, `/Type /Pages /Count ${pages} /Kids [${kids}]`)
  pdf.put(font, '/Type /Font /Subtype /Type1 /BaseFont /Times-Roman')
  for (let index = 0; index < pages; index += 1) {
    const number = first + index * 3
    const picture = variants[index % variants.length]
    if (!picture) throw new Error('No picture to put on the page')
    pdf.put(
      number,
      `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Contents ${number + 1} 0 R ` +
        `/Resources << /Font << /F1 ${font} 0 R >> /XObject << /Im1 ${number + 2} 0 R >> >>`,
    )
    pdf.put(number + 1, '/Filter /FlateDecode', deflateSync(Buffer.from(content(index, true), 'latin1')))
    pdf.put(
      number + 2,
      `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} ` +
        '/BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode',
      numbered(picture.data, index),
    )
  }
  pdf.close(1)
}

/** Pages of text alone. */
export function writeTextDocument(path: string, pages: number): void {
  const pdf = openPdfOnDisk(path)
  const kids = Array.from({ length: pages }, (_, index) => `${4 + index * 2} 0 R`).join(' ')
  pdf.put(1, '/Type /Catalog /Pages 2 0 R')
  pdf.put(2, `/Type /Pages /Count ${pages} /Kids [${kids}] /MediaBox [0 0 ${page.width} ${page.height}]`)
  pdf.put(3, '/Type /Font /Subtype /Type1 /BaseFont /Times-Roman')
  for (let index = 0; index < pages; index += 1) {
    const number = 4 + index * 2
    pdf.put(number, `/Type /Page /Parent 2 0 R /Contents ${number + 1} 0 R /Resources << /Font << /F1 3 0 R >> >>`)
    pdf.put(number + 1, '/Filter /FlateDecode', deflateSync(Buffer.from(content(index, false), 'latin1')))
  }
  pdf.close(1)
}

function content(index: number, hasPicture: boolean): string {
  const picture = hasPicture ? `q ${page.width} 0 0 397 0 ${page.height - 397} cm /Im1 Do Q\n` : ''
  const words = paragraphs(index % 50, 3).join(' ')
  const lines = (words.match(/.{1,80}(\s|$)/g) ?? []).slice(0, 24)
  const shown = lines.map((line) => `(${line.replace(/[^ -~]|[()\\]/g, ' ')}) Tj 0 -15 Td`).join('\n')
  const band = `0.2 0.3 ${(index % 10) / 10} rg 0 0 ${page.width} 24 re f\n`
  return `${picture}${band}0 g BT /F1 11 Tf 60 ${hasPicture ? 400 : 760} Td\n${shown}\n(Page ${index + 1}) Tj ET`
}

type Jpeg = { readonly data: Buffer; readonly width: number; readonly height: number }

/** Three sections of the photo, in the quality that comes nearest to the wanted weight. */
async function jpegsOf(photo: string, bytesEach: number): Promise<Jpeg[]> {
  const [width, height] = bytesEach > 700_000 ? [2480, 1654] : [1654, 1103]
  return await Promise.all(
    [0, 600, 1200].map(async (left) => {
      const part = await sharp(photo).extract({ left, top: 300, width, height }).raw().toBuffer()
      let best: Jpeg | undefined
      for (const quality of [60, 70, 78, 84, 88, 91, 93, 95, 97, 99]) {
        const data = await sharp(part, { raw: { width, height, channels: 3 } })
          .jpeg({ quality })
          .toBuffer()
        if (!best || Math.abs(data.length - bytesEach) < Math.abs(best.data.length - bytesEach)) {
          best = { data, width, height }
        }
      }
      if (!best) throw new Error('No quality was tried')
      return best
    }),
  )
}

/** The JPEG with a comment that makes it one of its kind: nobody can store it once for all pages. */
function numbered(jpeg: Buffer, index: number): Buffer {
  const comment = Buffer.from(`page ${String(index).padStart(8, '0')}`)
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)])
}
