import type { CoverDesign, Design } from '#contracts/design.ts'
import type { Note, PlanSource } from '../plan-source.ts'
import { type Shaping, shapingOf } from '../shaping.ts'
import { asWanted } from '../turn.ts'
import type { Art } from './cover-request.ts'

export type ChosenArt = {
  readonly front: Art | undefined
  readonly back: Art | undefined
  readonly notes: readonly Note[]
}

type Choice = {
  readonly design: Design | undefined
  /** The pages of the book: one PDF, or pictures in order. */
  readonly content: readonly PlanSource[]
  /** A cover file that the design draws around. */
  readonly supplied: PlanSource | undefined
}

/** What a made cover shows: as its design says, else the cover file, else the first page or picture. */
export function chooseArt({ design, content, supplied }: Choice): ChosenArt {
  const cover: CoverDesign = design?.cover ?? {}
  const shaping = shapingOf(cover.picture ?? {}, design)
  if (cover.picture) return chosen(content, cover.picture.image, shaping)
  const back = cover.from === 'first_and_last_page' ? lastOf(content, shaping) : undefined
  if (supplied) return { front: art(supplied, 1, shaping), back, notes: [] }
  if (cover.colour && !cover.from) return { front: undefined, back, notes: [] }
  const first = content[0]
  return { front: first && art(first, 1, shaping), back, notes: [] }
}

const art = (source: PlanSource, number: number, shaping: Shaping): Art => ({
  source: asWanted(source, shaping),
  number,
  shaping,
})

/** Picture or page number `image`, or a note that there is none. */
function chosen(content: readonly PlanSource[], image: number, shaping: Shaping): ChosenArt {
  const first = content[0]
  const isPdf = first?.facts.kind === 'pdf'
  const source = isPdf ? first : content[image - 1]
  const pages = first?.facts.kind === 'pdf' ? first.facts.pageCount : content.length
  if (source && image <= pages) {
    return { front: art(source, isPdf ? image : 1, shaping), back: undefined, notes: [] }
  }
  const note: Note = {
    code: 'SOURCE_MISMATCH',
    ...(first ? { file: first.label } : {}),
    page: pages,
    found: `${pages} ${isPdf ? 'pages' : 'pictures'}, and a cover design that shows number ${image}`,
    wanted: `a number from 1 to ${pages}`,
    action: 'Correct design.cover.picture.image, or leave it out to show the first.',
  }
  return { front: undefined, back: undefined, notes: [note] }
}

function lastOf(content: readonly PlanSource[], shaping: Shaping): Art | undefined {
  const source = content.at(-1)
  return source && art(source, source.facts.kind === 'pdf' ? source.facts.pageCount : 1, shaping)
}
