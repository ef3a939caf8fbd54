import type { FetchDependencies } from '../fetch/fetch-files.ts'
import { type DecideDependencies, decide } from './decide.ts'
import type { Desk } from './desk.ts'
import { type HealthDependencies, health } from './health.ts'
import { pictureOf } from './picture.ts'
import { report } from './report.ts'
import { seeJob, seeJobs } from './see-job.ts'

export type DeskDependencies = DecideDependencies & HealthDependencies & FetchDependencies

/** The desk of a running client. */
export function createDesk(dependencies: DeskDependencies): Desk {
  const { journal } = dependencies
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
      return preview && pictureOf(dependencies, preview)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
