import { fetchPicture, type PictureDependencies } from '../fetch/fetch-picture.ts'
import { type DecideDependencies, decide } from './decide.ts'
import type { Desk } from './desk.ts'
import { type HealthDependencies, health } from './health.ts'
import { report } from './report.ts'
import { seeJob, seeJobs } from './see-job.ts'

export type DeskDependencies = DecideDependencies & HealthDependencies & PictureDependencies

/** The desk of a running client. */
export function createDesk(dependencies: DeskDependencies): Desk {
  const { journal, log } = dependencies
  const listeners = new Set<(jobId: string) => void>()
  journal.onChange(({ jobId }) => {
    for (const listener of listeners) listener(jobId)
  })
  return {
    jobs: () => seeJobs(journal.jobs()),
    job: (jobId) => {
      const job = journal.job(jobId)
      return job && seeJob(job)
    },
    report: (wish, by, mark) => report(dependencies, wish, by, mark),
    decide: (jobId, decision, by) => decide(dependencies, jobId, decision, by),
    health: () => health(dependencies),
    picture: async (jobId) => {
      const preview = journal.job(jobId)?.summary?.preview
      if (preview === undefined) return undefined
      try {
        return { contentType: preview.contentType, bytes: await fetchPicture(dependencies, jobId, preview) }
      } catch (error) {
        // People can work without.
        log.debug({ err: error, jobId }, 'picture_not_fetched')
        return undefined
      }
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
