import { type PDFDocument, type PDFImage, PDFName } from '@cantoo/pdf-lib'
import type { GlyphFonts } from '../text/glyph-fonts.ts'
import { type ShapedLine, shapeLine } from '../text/shape-line.ts'
import type { Typefaces } from '../text/typefaces.ts'

export type Ink = 'black' | 'gray' | 'white' | 'hairline'
export type TextStyle = {
  readonly sizePt: number
  readonly isBold?: boolean
  readonly ink?: Ink
  readonly align?: 'right' | 'centre'
}

/** Paper size in points, and how much of it stays free. */
export type PageSize = { readonly widthPt: number; readonly heightPt: number }

/** One page, drawn from its upper left corner: x goes to the right, y goes down, in points. */
export type Canvas = PageSize & {
  readonly text: (words: string, x: number, y: number, style: TextStyle) => void
  readonly widthOf: (words: string, style: TextStyle) => number
  readonly fill: (x: number, y: number, width: number, height: number, ink?: Ink) => void
  readonly frame: (x: number, y: number, width: number, height: number, isDashed?: boolean) => void
  readonly line: (x1: number, y1: number, x2: number, y2: number, isDashed?: boolean) => void
  readonly image: (image: PDFImage, x: number, y: number, width: number, height: number) => void
  /** Puts what was drawn onto a new page of the document. */
  readonly close: () => void
}

const grays = { black: 0, gray: 0.38, hairline: 0.72, white: 1 } as const

export function createCanvas(doc: PDFDocument, size: PageSize, typefaces: Typefaces, fonts: GlyphFonts): Canvas {
  const { widthPt, heightPt } = size
  const drawn: string[] = []
  const images = new Map<string, PDFImage>()
  const shaped = new Map<string, ShapedLine>()
  const shape = (words: string): ShapedLine => {
    const line = shaped.get(words) ?? shapeLine(words, typefaces)
    shaped.set(words, line)
    return line
  }
  const up = (y: number): string => number(heightPt - y)
  const stroke = (path: string, isDashed = false): void => {
    drawn.push(`q ${grays.hairline} G 0.6 w ${isDashed ? '[3 3] 0 d' : '[] 0 d'} ${path} S Q`)
  }
  const widthOf = (words: string, { sizePt }: TextStyle): number => shape(words).widthEm * sizePt
  return {
    ...size,
    widthOf,
    text: (words, x, y, style) => {
      const { sizePt, isBold = false, ink = 'black', align } = style
      const { glyphs, widthEm } = shape(words)
      const shift = align === 'right' ? widthEm * sizePt : align === 'centre' ? (widthEm * sizePt) / 2 : 0
      drawn.push(`BT ${grays[ink]} g ${grays[ink]} G`)
      for (const { font, glyph, xEm, yEm } of glyphs) {
        const { name, code } = fonts.placeOf(font, glyph, isBold)
        const place = `1 0 0 1 ${number(x - shift + xEm * sizePt)} ${up(y - yEm * sizePt)} Tm`
        drawn.push(`/${name} ${number(sizePt)} Tf ${place} <${code.toString(16).padStart(2, '0')}> Tj`)
      }
      drawn.push('ET')
    },
    fill: (x, y, width, height, ink = 'black') => {
      drawn.push(`${grays[ink]} g ${number(x)} ${up(y + height)} ${number(width)} ${number(height)} re f`)
    },
    frame: (x, y, width, height, isDashed) =>
      stroke(`${number(x)} ${up(y + height)} ${number(width)} ${number(height)} re`, isDashed),
    line: (x1, y1, x2, y2, isDashed) => stroke(`${number(x1)} ${up(y1)} m ${number(x2)} ${up(y2)} l`, isDashed),
    image: (image, x, y, width, height) => {
      const name = `I${images.size}`
      images.set(name, image)
      drawn.push(`q ${number(width)} 0 0 ${number(height)} ${number(x)} ${up(y + height)} cm /${name} Do Q`)
    },
    close: () => {
      const page = doc.addPage([widthPt, heightPt])
      page.node.set(PDFName.Contents, doc.context.register(doc.context.flateStream(drawn.join('\n'))))
      for (const [name, image] of images) page.node.setXObject(PDFName.of(name), image.ref)
    },
  }
}

const number = (value: number): string => String(Math.round(value * 1000) / 1000)
