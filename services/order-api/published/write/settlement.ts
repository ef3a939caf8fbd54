import type { PlannedPurge } from './plan-purges.ts'
import type { Settlement } from './settle-documents.ts'
import type { CopyResult } from './write-copy.ts'
import { copiesOf, type WrittenDocument } from './write-document.ts'

/** A fetch that was under way while an object was replaced may be kept after the first drop; none takes longer. */
const dropAgainMilliseconds = 5_000
/** Longer than any statement may take (45 s at the Data API): an edit that began before the tags were known has ended by then. */
const lookAgainMilliseconds = 60_000
const mostMilliseconds = 60_000
/** So often it is taken again at once when somebody else wrote meanwhile. */
const mostAtOnce = 5

export type Settling = {
  readonly planned: PlannedPurge | undefined
  /** Whether everything that was to be dropped at once was dropped. */
  readonly isDropped: boolean
  readonly now: Date
  /** 0 to 1. */
  readonly random: number
}

/** What is written down of a document that was in hand. Pure. */
export function settlementOf(written: WrittenDocument, settling: Settling): Settlement {
  const { rendered, results } = written
  const { taken } = rendered
  const { planned, isDropped, now, random } = settling
  const [first, ...others] = results.map(({ result }) => result)
  const isServed = first !== undefined && isThere(first)
  const isWritten = isServed && (isDropped || !planned?.isAtOnce)
  const isEverywhere = isWritten && others.every(isThere)
  const tries = isEverywhere ? 0 : taken.tries + 1
  const later = new Date(now.getTime() + backoffMilliseconds(tries, random))
  const again = (result: CopyResult | undefined) => (result?.outcome === 'moved' && tries <= mostAtOnce ? now : later)
  return {
    path: taken.path,
    wanted: taken.wanted,
    isWritten,
    tags: isServed && 'built' in rendered && rendered.built ? rendered.built.tags : null,
    sha256: first ? first.copy.sha256 : taken.sha256,
    copies: copiesOf(written),
    renderAt: earliest([
      ...('built' in rendered && rendered.built?.value.changesAt ? [rendered.built.value.changesAt] : []),
      ...(rendered.isNewlyTagged ? [new Date(now.getTime() + lookAgainMilliseconds)] : []),
      ...(isWritten && !isEverywhere ? [again(others.find((each) => !isThere(each)))] : []),
    ]),
    nextAt: isServed ? later : again(first),
    isUnsure: taken.isTakenOver && first === undefined,
    tries,
    ...owedOf(settling, later),
  }
}

const isThere = ({ outcome }: CopyResult): boolean => outcome === 'same' || outcome === 'written'

function owedOf({ planned, isDropped, now }: Settling, later: Date): Pick<Settlement, 'purgeTags' | 'purgeAt'> {
  if (!planned) return { purgeTags: [], purgeAt: null }
  const againMs = now.getTime() + dropAgainMilliseconds
  if (!planned.isAtOnce) return { purgeTags: planned.tags, purgeAt: new Date(togetherMs(againMs)) }
  return { purgeTags: planned.tags, purgeAt: isDropped ? new Date(againMs) : later }
}

/** Those that share a tag come one after the other: they are dropped together, every five seconds. */
const togetherMs = (momentMs: number): number => Math.ceil(momentMs / dropAgainMilliseconds) * dropAgainMilliseconds

const earliest = (moments: readonly Date[]): Date | null =>
  moments.length === 0 ? null : new Date(Math.min(...moments.map((each) => each.getTime())))

/** 1 s, doubled each time, at most a minute; anywhere in its upper half, so that a thousand do not come back together. */
const backoffMilliseconds = (tries: number, random: number): number =>
  Math.min(mostMilliseconds, 1000 * 2 ** Math.min(tries - 1, 10)) * (0.5 + random / 2)
