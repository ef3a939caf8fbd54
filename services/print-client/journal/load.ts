import { applyRecord } from './apply.ts'
import type { Job } from './job.ts'
import { readLine } from './line.ts'

export type Loaded = {
  readonly jobs: Map<string, Job>
  /** Bytes up to the end of the last good line; what follows was torn by a crash and was never relied upon. */
  readonly goodBytes: number
  /** True when a bad line lies between good ones: lines that were relied upon may be gone. */
  readonly isDamaged: boolean
}

const lineFeed = 0x0a

/** Reads a journal from its bytes; pure. A line counts only with its line feed and a right checksum. */
export function loadJournal(bytes: Buffer): Loaded {
  const jobs = new Map<string, Job>()
  let goodBytes = 0
  let isDamaged = false
  let badBefore = false
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, start)
    if (end < 0) break
    const record = readLine(bytes.toString('utf8', start, end))
    start = end + 1
    if (record === undefined) {
      badBefore = true
      continue
    }
    isDamaged ||= badBefore
    goodBytes = start
    const job = applyRecord(jobs.get(record.jobId), record)
    if (job) jobs.set(record.jobId, job)
  }
  return { jobs, goodBytes, isDamaged }
}
