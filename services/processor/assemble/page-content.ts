import type { WordPainter } from '../fonts/word-painter.ts'
import type { Rgb } from '../inspect/facts.ts'
import type { ObjectNumber } from '../pdf/pdf-writer.ts'
import type { Drawing } from '../plan/job-plan.ts'
import type { ArtworkShelf } from '../produce/artwork-shelf.ts'
import { inPoints, type Rectangle } from '../produce/matrix.ts'
import { numbersText } from './pdf-text.ts'
import type { PlacePainter } from './place-painter.ts'

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
  paintPlace: PlacePainter,
): Promise<PageContent> {
  const parts: string[] = []
  const artwork = new Map<string, ObjectNumber>()
  const fonts = new Set<ObjectNumber>()
  const missing: string[] = []
  for (const drawing of drawings) {
    switch (drawing.draw) {
      case 'fill':
        parts.push(
          `q ${drawing.ink === 'black' ? blackInk : colourText(drawing.colour)} ${rectangle(inPoints(drawing.box))} re f Q`,
        )
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
        // Names count within the page, so that pages which differ in nothing else have the same content.
        const name = `/X${artwork.size + 1}`
        artwork.set(name, placed.number)
        parts.push(paintPlace(drawing, placed, name))
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

const blackInk = '0 g'

/** Black type is black ink alone: four inks in a thin stroke never meet exactly. */
function wordsColour(colour: Rgb): string {
  const { red, green, blue } = colour
  return red === 0 && green === 0 && blue === 0 ? blackInk : colourText(colour)
}

const rectangle = ({ x, y, width, height }: Rectangle): string => numbersText([x, y, width, height])
