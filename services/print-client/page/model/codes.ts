/** What a barcode of ours says: a job, and which thing of it. Without `part` it is the code of the job itself. */
export type ScannedCode = { readonly jobId: string; readonly part?: string }

const pattern = /^(job_[0-9a-hjkmnp-tv-z]{26})(?:-([a-z][a-z0-9_-]{0,30}))?$/

/** Reads what a scanner typed; undefined where it is no code of ours (an ISBN, a carrier's label). */
export function readCode(text: string): ScannedCode | undefined {
  const [, jobId, part] = pattern.exec(text.trim().toLowerCase()) ?? []
  if (jobId === undefined) return undefined
  return part === undefined ? { jobId } : { jobId, part }
}
