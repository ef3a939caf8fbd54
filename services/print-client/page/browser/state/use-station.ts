import { useCallback, useRef, useState } from 'preact/hooks'
import { readCode } from '../../model/codes.ts'
import { emptyStation, isComplete, type Station, scanned } from '../../model/pack-station.ts'
import type { JobView } from '../../model/view.ts'
import type { SoundName } from '../scan/sounds.ts'

export type UsedStation = {
  readonly station: Station
  readonly scan: (text: string) => void
  /** Somebody saw the stop, or begins anew: the parcel starts from the beginning. */
  readonly clear: () => void
}

/** The packing table. `onMatch`: everything that belongs into a parcel of one copy was seen. */
export function useStation(
  find: (jobId: string) => JobView | undefined,
  onMatch: (job: JobView) => void,
  play: (name: SoundName) => void,
): UsedStation {
  const [station, setStation] = useState<Station>(emptyStation)
  /** Two scans may come before the page is drawn again. */
  const latest = useRef<Station>(emptyStation)
  const show = useCallback((next: Station) => {
    latest.current = next
    setStation(next)
  }, [])
  const scan = (text: string): void => {
    const { current } = latest
    const before = isDone(current, find) && readCode(text)?.jobId !== current.jobId ? emptyStation : current
    const next = scanned(before, text, find)
    show(next)
    const matched = next.note === undefined ? matchedJob(next, find) : undefined
    // The stop screen makes its own noise.
    if (next.stop === undefined) play(soundOf(next, matched))
    if (matched) onMatch(matched)
  }
  return { station, scan, clear: useCallback(() => show(emptyStation), [show]) }
}

type Find = (jobId: string) => JobView | undefined

/** The job whose parcel is whole. */
function matchedJob(station: Station, find: Find): JobView | undefined {
  const job = station.jobId === undefined ? undefined : find(station.jobId)
  return job && isComplete(station, job) ? job : undefined
}

function soundOf({ note }: Station, matched: JobView | undefined): SoundName {
  if (note !== undefined) return 'odd'
  return matched ? 'done' : 'good'
}

/** A parcel that was said to be packed makes room for the next one. */
function isDone(station: Station, find: Find): boolean {
  const job = matchedJob(station, find)
  return job !== undefined && ['packed', 'shipped', 'delivered'].includes(job.stage)
}
