import type { Finding } from '#contracts/findings.ts'
import { finding } from '../job/finding.ts'
import type { Note, PrintedOn } from './plan-source.ts'
import { pagesText } from './words.ts'

const gravity = { reject: 0, warn: 1, fixed: 2 } as const

/**
 * Notes that say the same of several pages or pictures become one finding that names them, pictures by the pages on which
 * they are printed; the gravest come first.
 */
export function gatherNotes(notes: readonly Note[]): Finding[] {
  const groups = new Map<string, Note[]>()
  for (const note of notes) {
    const file = pictureNumberOf(note) === undefined ? note.file : 'images'
    const key = JSON.stringify([note.code, file, note.printedOn?.component, note.found, note.wanted, note.action])
    const group = groups.get(key)
    if (group) group.push(note)
    else groups.set(key, [note])
  }
  const findings = [...groups.values()].flatMap((group) => (group[0] ? [asFinding(group[0], group)] : []))
  return findings.toSorted((one, other) => gravity[one.severity] - gravity[other.severity])
}

/** The place of a picture in its list, from 1: `images/3` is 3. */
function pictureNumberOf({ file }: Note): number | undefined {
  const match = file?.match(/^images\/(\d+)$/)
  return match ? Number(match[1]) : undefined
}

/** As many pages as a finding lists. */
const mostPages = 50

function asFinding({ code, printedOn: _, ...first }: Note, group: readonly Note[]): Finding {
  const pictures = distinct(group.map(pictureNumberOf))
  const printedOn = unionOf(group)
  const named = pictures.length > 0 ? picturesText(pictures, printedOn) : sourcePagesText(group)
  return finding(code, {
    ...first,
    ...(pictures.length > 1 ? { file: 'images' } : {}),
    ...(printedOn ? { printedOn: { ...printedOn, pages: printedOn.pages.slice(0, mostPages) } } : {}),
    found: named ? `${first.found} (${named})` : first.found,
  })
}

function unionOf(group: readonly Note[]): PrintedOn | undefined {
  const component = group[0]?.printedOn?.component
  const pages = distinct(group.flatMap(({ printedOn }) => printedOn?.pages ?? []))
  return component && pages.length > 0 ? { component, pages: pages.toSorted((one, other) => one - other) } : undefined
}

/** Pictures by their place in the list, and by the pages where they are seen when those have other numbers. */
function picturesText(pictures: readonly number[], printedOn: PrintedOn | undefined): string | undefined {
  const which = pictures.length > 1 ? [`images ${pagesText(pictures)}`] : []
  return [...which, ...printedText(pictures, printedOn)].join(' ') || undefined
}

function printedText(pictures: readonly number[], printedOn: PrintedOn | undefined): string[] {
  if (printedOn?.component === 'cover') return ['on the cover']
  const pages = printedOn?.component === 'interior' ? printedOn.pages : []
  if (pages.length === 0 || pagesText(pages) === pagesText(pictures)) return []
  return [`on ${pages.length > 1 ? 'pages' : 'page'} ${pagesText(pages)}`]
}

/** Of a PDF, pages as its own program counts them. */
function sourcePagesText(group: readonly Note[]): string | undefined {
  const pages = distinct(group.map(({ page }) => page))
  return pages.length > 1 ? `pages ${pagesText(pages)}` : undefined
}

const distinct = (numbers: readonly (number | undefined)[]): number[] => [
  ...new Set(numbers.flatMap((each) => (each === undefined ? [] : [each]))),
]
