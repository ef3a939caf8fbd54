import type { FindingSeverity } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'

const width = 80
/** A word and a sign for each severity, so that nothing hangs on colour. */
const marks: Readonly<
  Record<FindingSeverity, { readonly sign: string; readonly word: string; readonly colour: number }>
> = {
  reject: { sign: '✗', word: 'REJECT', colour: 31 },
  warn: { sign: '!', word: 'WARN', colour: 33 },
  fixed: { sign: '✓', word: 'FIXED', colour: 36 },
}
const order: readonly FindingSeverity[] = ['reject', 'warn', 'fixed']

/** Gravest first; what has the same code stands together, each place on a line of its own. */
export function findingsText(findings: readonly Finding[], hasColour: boolean): string {
  const sorted = findings.toSorted(
    (one, other) =>
      order.indexOf(one.severity) - order.indexOf(other.severity) ||
      (one.file ?? '').localeCompare(other.file ?? '', 'en', { numeric: true }) ||
      (one.page ?? 0) - (other.page ?? 0),
  )
  const groups = Map.groupBy(sorted, ({ code }) => code)
  return [...groups.values()].map((group) => groupText(group, hasColour)).join('\n')
}

/** More places than this stand in the report only. */
const mostPlaces = 6
/** What is wanted is said of each place, where it is no list of numbers. */
const mostWishes = 3

function groupText(group: readonly Finding[], hasColour: boolean): string {
  const [first] = group
  if (!first) return ''
  const { sign, word, colour } = marks[first.severity]
  const label = `${sign} ${word.padEnd(7)}`
  const painted = hasColour ? `\u001b[${colour}m${label}\u001b[0m` : label
  const wanted = new Set(group.map((each) => each.wanted))
  const isOneWish = wanted.size === 1
  const wantedOf = (each: Finding): string => (isOneWish || wanted.size > mostWishes ? '' : ` Wanted: ${each.wanted}.`)
  const found =
    group.length === 1
      ? wrapped(`Found: ${first.found}. Wanted: ${first.wanted}.`)
      : group.slice(0, mostPlaces).flatMap((each) => wrapped(`${placeName(each)}: ${each.found}.${wantedOf(each)}`))
  const rest = group.length - mostPlaces
  return [
    `${painted} ${first.code}${group.length === 1 ? placeOf(first) : ''}`,
    ...found,
    ...(rest > 0 ? [`${indent}… and ${rest} more in the report`] : []),
    ...(group.length > 1 && isOneWish ? wrapped(`Wanted: ${first.wanted}.`) : []),
    ...[...new Set(group.map(({ action }) => action))].slice(0, mostWishes).flatMap(wrapped),
    ...wrapped(first.why),
    '',
  ].join('\n')
}

const placeName = (finding: Finding): string => placeOf(finding).replace(/^ · /, '') || 'Found'

export function placeOf({ file, page, found, where, printedOn }: Finding): string {
  // Of several pages the words name all.
  const isAlone = !found.includes('(pages ')
  const isOnCover =
    printedOn?.component === 'cover' && file !== undefined && file !== 'cover' && !found.includes('on the cover')
  const parts = [
    file,
    page === undefined || !isAlone ? undefined : `page ${page}`,
    isOnCover ? 'on the cover' : undefined,
  ]
  const box =
    where && `${round(where.widthMm)} × ${round(where.heightMm)} mm at ${round(where.xMm)}, ${round(where.yMm)}`
  const words = [...parts, box].filter((part) => part !== undefined)
  return words.length > 0 ? ` · ${words.join(' · ')}` : ''
}

const round = (millimetres: number): number => Math.round(millimetres * 10) / 10

const indent = ' '.repeat(10)

/** Names of fonts and colours come from the customer's file: a terminal would obey what is written in them. */
const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')

/** Broken between words; a word longer than a line stands alone. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of withoutControls(text).split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, indent + line]
}

/** `2 rejected, 1 warning, 5 mended`. */
export function countWords(findings: readonly Finding[]): string {
  const count = (severity: FindingSeverity): number => findings.filter((each) => each.severity === severity).length
  const [reject, warn, fixed] = [count('reject'), count('warn'), count('fixed')]
  const parts = [
    ...(reject > 0 ? [`${reject} rejected`] : []),
    ...(warn > 0 ? [`${warn} ${warn === 1 ? 'warning' : 'warnings'}`] : []),
    ...(fixed > 0 ? [`${fixed} mended`] : []),
  ]
  return parts.join(', ') || 'nothing to mend'
}
