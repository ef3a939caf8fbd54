import type { Product } from '#contracts/catalogue/product.ts'
import type { ImageFacts } from '../inspect/facts.ts'
import type { Drawing, Place } from './job-plan.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { dpiOf } from './resolution.ts'

/** Above this multiple of the good resolution a picture is worth being made smaller; below it, its own bytes are cheaper. */
export const usualReduceAbove = 1.5

/**
 * What holds for a whole picture however often it is drawn: the size that it is reduced to, which serves its largest use,
 * and the conversion to inks. Told once a picture.
 */
export function finishPictures(
  pages: readonly PlannedPage[],
  sources: readonly PlanSource[],
  { resolution, colour }: Pick<Product, 'resolution' | 'colour'>,
  reduceAbove = usualReduceAbove,
): { readonly pages: readonly PlannedPage[]; readonly notes: readonly Note[] } {
  const places = pages.flatMap(({ drawings }) => drawings.flatMap((each) => (each.draw === 'place' ? [each] : [])))
  const finishes = new Map<number, Finish>()
  for (const { index, label, facts } of sources) {
    const uses = places.filter(({ source }) => source === index)
    if (facts.kind !== 'image' || uses.length === 0) continue
    const reduceTo = reduction(facts, uses, resolution.goodDpi, reduceAbove)
    const toCmyk = colour?.pictures === 'cmyk' && isRgb(facts)
    finishes.set(index, {
      reduceTo,
      toCmyk,
      notes: [...reduceNotes(facts, reduceTo), ...cmykNotes(toCmyk, colour)].map((note) => ({ ...note, file: label })),
    })
  }
  return {
    pages: pages.map((page) => ({ ...page, drawings: page.drawings.map((each) => finished(each, finishes)) })),
    notes: [...finishes.values()].flatMap(({ notes }) => notes),
  }
}

type Pixels = { readonly widthPx: number; readonly heightPx: number }
type Finish = { readonly reduceTo: Pixels | undefined; readonly toCmyk: boolean; readonly notes: readonly Note[] }

function finished(drawing: Drawing, finishes: ReadonlyMap<number, Finish>): Drawing {
  const finish = drawing.draw === 'place' ? finishes.get(drawing.source) : undefined
  if (!finish) return drawing
  const { reduceTo, toCmyk } = finish
  return { ...drawing, ...(reduceTo ? { reduceTo } : {}), ...(toCmyk ? { toCmyk } : {}) }
}

/** Ink alone and gray stay what they are. */
const isRgb = ({ profile, space, channels }: ImageFacts): boolean =>
  profile !== 'cmyk' && profile !== 'gray' && space !== 'cmyk' && channels >= 3

/** Of the whole stored picture, so that its largest use keeps the good resolution. */
function reduction(
  { widthPx, heightPx }: ImageFacts,
  uses: readonly Place[],
  goodDpi: number,
  above: number,
): Pixels | undefined {
  const least = Math.min(...uses.map(dpiOf))
  if (least <= above * goodDpi) return undefined
  const factor = goodDpi / least
  return { widthPx: Math.ceil(widthPx * factor), heightPx: Math.ceil(heightPx * factor) }
}

function reduceNotes(facts: ImageFacts, reduceTo: Pixels | undefined): Note[] {
  if (!reduceTo) return []
  return [
    {
      code: 'IMAGE_DOWNSAMPLED',
      found: `${facts.widthPx} × ${facts.heightPx} pixels`,
      wanted: `${reduceTo.widthPx} × ${reduceTo.heightPx} pixels`,
      action: 'The picture was reduced to the resolution at which nothing more is gained.',
    },
  ]
}

function cmykNotes(toCmyk: boolean, colour: Product['colour']): Note[] {
  if (!toCmyk) return []
  return [
    {
      code: 'CONVERTED_TO_CMYK',
      found: 'a picture in red, green and blue',
      wanted: `the inks of ${colour?.outputIntent ?? 'FOGRA39'}`,
      action:
        'The picture was converted to cyan, magenta, yellow and black. Bright colours may be calmer than on a screen.',
    },
  ]
}
