import { labelPart } from '../../tickets/part-codes.ts'
import { readCode, type ScannedCode } from './codes.ts'
import type { JobView } from './view.ts'

/** Why the station stopped. It stays so until a person has seen it, and nothing is reported. */
export type Stop =
  | { readonly why: 'other_job'; readonly part: string; readonly expected: string; readonly found: string }
  | { readonly why: 'no_such_part'; readonly part: string; readonly found: string }
  | { readonly why: 'not_to_pack'; readonly found: string; readonly stage: string }

/** One parcel on the table: what was scanned of which job. */
export type Station = {
  readonly jobId?: string
  readonly seen: readonly string[]
  readonly stop?: Stop
  /** Of the last scan that changed nothing: no code of ours, seen before, not known here, or of the job and no part of the parcel. */
  readonly note?: 'no_code' | 'again' | 'unknown' | 'no_part'
}

export const emptyStation: Station = { seen: [] }

/** What has to be scanned of a job, in the order of packing: the block or sheet, the cover, the address. */
export const partsToMatch = (job: Pick<JobView, 'parts'>): readonly string[] => [
  ...job.parts.map(({ component }) => component),
  labelPart,
]

/** True once everything that belongs into the parcel was seen. */
export const isComplete = (station: Station, job: Pick<JobView, 'parts'>): boolean =>
  station.stop === undefined && partsToMatch(job).every((part) => station.seen.includes(part))

const stagesToPack = ['accepted', 'printing', 'printed', 'packed']

/**
 * The station after one more scan; pure. The first code says which job is packed; a code of another job, or of a part that the job does not
 * have, stops it, and a stopped station hears nothing.
 */
export function scanned(station: Station, text: string, find: (jobId: string) => JobView | undefined): Station {
  if (station.stop) return station
  const code = readCode(text)
  if (code === undefined) return { ...station, note: 'no_code' }
  const job = find(code.jobId)
  if (station.jobId !== undefined && code.jobId !== station.jobId) return stoppedByOther(station, code)
  if (job === undefined) return { ...station, note: 'unknown' }
  const begun = { jobId: job.jobId, seen: station.seen }
  if (!stagesToPack.includes(job.stage))
    return { ...begun, stop: { why: 'not_to_pack', found: code.jobId, stage: job.stage } }
  return withPart(begun, code, job)
}

/** The job's own code stands at the head of its sheet, which may lie anywhere: it begins a parcel, and is no part of it. */
function withPart(station: Station, { jobId, part }: ScannedCode, job: JobView): Station {
  if (part === undefined) return station.seen.length > 0 ? { ...station, note: 'no_part' } : station
  if (!partsToMatch(job).includes(part)) return { ...station, stop: { why: 'no_such_part', part, found: jobId } }
  if (station.seen.includes(part)) return { ...station, note: 'again' }
  return { ...station, seen: [...station.seen, part] }
}

function stoppedByOther({ jobId = '', seen }: Station, { jobId: found, part }: ScannedCode): Station {
  return { jobId, seen, stop: { why: 'other_job', part: part ?? 'job', expected: jobId, found } }
}
