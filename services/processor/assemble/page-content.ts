import type { WordPainter } from '../fonts/word-painter.ts'
import type { Rgb } from '../inspect/facts.ts'
import type { ObjectNumber } from '../pdf/pdf-writer.ts'
import type { Drawing, Place } from '../plan/job-plan.ts'
import type { Artwork, ArtworkShelf } from '../produce/artwork-shelf.ts'
import { followedBy, inPoints, placementOf, type Rectangle } from '../produce/matrix.ts'
import { mirroredPaintings } from '../produce/mirror.ts'
import { numbersText } from './pdf-text.ts'

/** A page's operators, the objects they name, and the signs that could not be set. */
export type PageContent = {
  readonly content: string
  /** By the name that the content gives them. */
  readonly artwork: ReadonlyMap<string, ObjectNumber>
  readonly fonts: ReadonlySet<ObjectNumber>
  /** Are there colours of ours, which are sRGB? */
  readonly hasColour: boolean
  readonly missing: readonly string[]
}

/** Paints a display list, in order. */
export async function contentOf(
  drawings: readonly Drawing[],
  shelf: ArtworkShelf,
  paintWords: WordPainter,
): Promise<PageContent> {
  const parts: string[] = []
  const artwork = new Map<string, ObjectNumber>()
  const fonts = new Set<ObjectNumber>()
  const missing: string[] = []
  for (const drawing of drawings) {
    switch (drawing.draw) {
      case 'fill':
        parts.push(`q ${colourText(drawing.colour)} ${rectangle(inPoints(drawing.box))} re f Q`)
        break
      case 'words': {
        const words = paintWords(drawing, wordsColour(drawing.colour))
        if (words.content !== '') parts.push(words.content)
        if (words.font !== undefined) fonts.add(words.font)
        missing.push(...words.missing)
        break
      }
      case 'place': {
        const placed = await shelf.artworkOf(drawing)
        const name = `/X${placed.number}`
        artwork.set(name, placed.number)
        parts.push(...paint(drawing, placed, name))
        break
      }
      case 'keep':
        throw new Error('A kept page is the only drawing of its page')
      default: {
        const never: never = drawing
        return never
      }
    }
  }
  const content = parts.join('\n')
  return { content, artwork, fonts, hasColour: content.includes('/sRGB cs'), missing }
}

const colourText = ({ red, green, blue }: Rgb): string =>
  `/sRGB cs ${numbersText([red / 255, green / 255, blue / 255])} scn`

/** Black type is black ink alone: four inks in a thin stroke never meet exactly. */
function wordsColour(colour: Rgb): string {
  const { red, green, blue } = colour
  return red === 0 && green === 0 && blue === 0 ? '0 g' : colourText(colour)
}

function paint(place: Place, { toRegion }: Artwork, name: string): string[] {
  const to = inPoints(place.to)
  const matrix = followedBy(toRegion, placementOf(place.region, place.orientation, to))
  return mirroredPaintings(matrix, to, inPoints(place.within)).map(
    (painting) => `q ${rectangle(painting.clip)} re W n ${matrixText(painting.matrix)} cm ${name} Do Q`,
  )
}

const rectangle = ({ x, y, width, height }: Rectangle): string => numbersText([x, y, width, height])

/** Scales of large images are small numbers: nine decimals keep a metre exact to a thousandth of a millimetre. */
const matrixText = (matrix: readonly number[]): string =>
  matrix.map((value, place) => (place < 4 ? value.toFixed(9).replace(/\.?0+$/, '') : numbersText([value]))).join(' ')
