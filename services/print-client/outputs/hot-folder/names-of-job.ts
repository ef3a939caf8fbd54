import type { ComponentName } from '#contracts/geometry/component.ts'

/** What lies in a folder named done or error, as far as it is about a job of ours. */
export type NamedEntry = { readonly jobId: string; readonly name: string; readonly component?: string }

/** A job's id at the start of a name or behind a sign, in either case: shares and workflows change both. */
const jobInName = /(?:^|[^0-9a-z])(job_[0-9a-hjkmnp-tv-z]{26})(?![0-9a-z])(.*)$/i

/** The job that a name speaks of, and which of its files; undefined for other names; pure. */
export function jobOfName(name: string): NamedEntry | undefined {
  const [, id, rest = ''] = jobInName.exec(name) ?? []
  if (id === undefined || name.startsWith('.')) return undefined
  const component = /(?:^|[^a-z])(interior|cover|sheet)(?![a-z])/i.exec(rest)?.[1]?.toLowerCase()
  return { jobId: id.toLowerCase(), name, ...(component === undefined ? {} : { component }) }
}

/**
 * Whether the entries of one job say that all of it is there; pure. The job's own folder, or a file that names no part, stands for the whole;
 * of a book's cover alone nobody knows that the block is printed.
 */
export function isWhole(entries: readonly NamedEntry[], components: readonly ComponentName[] | undefined): boolean {
  const named = new Set(entries.map(({ component }) => component))
  if (named.has(undefined) || components === undefined) return entries.length > 0
  return components.every((component) => named.has(component))
}
