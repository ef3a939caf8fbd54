import type { Finding } from '#contracts/findings.ts'
import { finding } from '../job/finding.ts'
import type { Note } from './plan-source.ts'
import { pagesText } from './words.ts'

const gravity = { reject: 0, warn: 1, fixed: 2 } as const

/** Notes that say the same of several pages become one finding that names them; the gravest come first. */
export function gatherNotes(notes: readonly Note[]): Finding[] {
  const groups = new Map<string, Note[]>()
  for (const note of notes) {
    const key = JSON.stringify([note.code, note.file, note.found, note.wanted, note.action])
    const group = groups.get(key)
    if (group) group.push(note)
    else groups.set(key, [note])
  }
  const findings = [...groups.values()].flatMap((group) => (group[0] ? [asFinding(group[0], group)] : []))
  return findings.toSorted((one, other) => gravity[one.severity] - gravity[other.severity])
}

function asFinding({ code, ...words }: Note, group: readonly Note[]): Finding {
  const pages = group.flatMap(({ page }) => (page === undefined ? [] : [page]))
  return finding(code, pages.length > 1 ? { ...words, found: `${words.found} (pages ${pagesText(pages)})` } : words)
}
