import type { Finding } from '#contracts/findings.ts'
import { finding } from '../job/finding.ts'
import type { Note } from './plan-source.ts'
import { pagesText } from './words.ts'

const gravity = { reject: 0, warn: 1, fixed: 2 } as const

/** Notes that say the same of several pages or pictures become one finding that names them; the gravest come first. */
export function gatherNotes(notes: readonly Note[]): Finding[] {
  const groups = new Map<string, Note[]>()
  for (const note of notes) {
    const file = pictureNumberOf(note) === undefined ? note.file : 'images'
    const key = JSON.stringify([note.code, file, note.found, note.wanted, note.action])
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

function asFinding({ code, ...words }: Note, group: readonly Note[]): Finding {
  const named = namesOf(group)
  return finding(code, named ? { ...words, found: `${words.found} (${named})` } : words)
}

function namesOf(group: readonly Note[]): string | undefined {
  const pictures = distinct(group.map(pictureNumberOf))
  if (pictures.length > 1) return `images ${pagesText(pictures)}`
  const pages = distinct(group.map(({ page }) => page))
  return pages.length > 1 ? `pages ${pagesText(pages)}` : undefined
}

const distinct = (numbers: readonly (number | undefined)[]): number[] => [
  ...new Set(numbers.flatMap((each) => (each === undefined ? [] : [each]))),
]
