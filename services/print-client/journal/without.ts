import type { Job } from './job.ts'

type Passing = 'ticket' | 'cause' | 'cancel' | 'isReleased'

/** A job without what it need not know any more. */
export function without(job: Job, ...names: readonly Passing[]): Job {
  const left = { ...job }
  for (const name of names) delete left[name]
  return left
}
