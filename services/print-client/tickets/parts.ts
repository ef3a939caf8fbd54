import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { paperGsm } from '#contracts/prices/paper-weight.ts'

type JobFile = JobTicket['files'][number]

/** What a part is printed on: as the catalogue says it, and the facility's own paper where the ticket names it. */
export type PartPaper = {
  readonly words: string
  readonly gsm?: number
  readonly caliperMicrometres?: number
}

/** One print file as the people at the press think of it. */
export type JobPart = {
  readonly file: JobFile
  readonly name: 'Book block' | 'Cover' | 'Sheet'
  readonly isTwoSided: boolean
  /** Printed beyond the finished size on each side; at a canvas it is folded around the bar. */
  readonly bleedMm: number
  readonly paper: PartPaper | undefined
}

const names = { interior: 'Book block', cover: 'Cover', sheet: 'Sheet' } as const

/** The parts of a job in the order of its files; pure. */
export const partsOf = (ticket: JobTicket): readonly JobPart[] =>
  ticket.files.map((file) => ({
    file,
    name: names[file.component],
    isTwoSided: isTwoSided(ticket, file),
    bleedMm: Math.max(0, Math.min(file.trimBox.xMm, file.trimBox.yMm)),
    paper: paperOf(ticket, file.component),
  }))

/** Covers are printed outside only; leaves of a calendar hang, and have one side. */
const isTwoSided = ({ product }: JobTicket, { component, pages }: JobFile): boolean =>
  component !== 'cover' && product.binding !== 'wire_o' && pages > 1

function paperOf({ product }: JobTicket, component: JobFile['component']): PartPaper | undefined {
  const words = product.paper[component]
  const own = product.papers?.[component]
  if (own !== undefined) return { words: own.title, gsm: own.gsm, caliperMicrometres: own.caliperMicrometres }
  if (words === undefined) return undefined
  const gsm = paperGsm(words, component === 'cover' ? 'cover' : 'text')
  return { words, ...(gsm === undefined ? {} : { gsm: Math.round(gsm) }) }
}

/** The spine of a paperback, as its cover was drawn; undefined for other covers, whose boards and hinges hide it. */
export function spineMmOf({ product, files }: JobTicket): number | undefined {
  const cover = files.find(({ component }) => component === 'cover')
  if (cover === undefined || product.binding !== 'perfect') return undefined
  const spineMm = cover.trimBox.widthMm - 2 * product.trimWidthMm
  return spineMm > 0 ? Math.round(spineMm * 100) / 100 : undefined
}
