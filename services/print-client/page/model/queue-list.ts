import { isInShop, needsPerson } from './steps.ts'
import type { JobView } from './view.ts'

/** What a list shows: everything that is to be done, one station's part of it, or what is over. */
export const filters = ['open', 'print', 'pack', 'ship', 'over'] as const
export type Filter = (typeof filters)[number]

const isShown: Readonly<Record<Filter, (job: JobView) => boolean>> = {
  open: (job) => needsPerson(job) || isInShop(job) || job.stage === 'arriving',
  print: ({ stage }) => stage === 'accepted' || stage === 'printing',
  pack: ({ stage }) => stage === 'printed',
  ship: ({ stage }) => stage === 'packed',
  over: ({ stage }) => stage === 'shipped' || stage === 'delivered' || stage === 'cancelled',
}

const overAtMost = 100

/** The jobs of a list: what needs a person first, then by the day they are due, then in the order that they came. What is over: newest first. */
export function queueList(jobs: readonly JobView[], filter: Filter): readonly JobView[] {
  const shown = jobs.filter(isShown[filter])
  if (filter === 'over') return shown.sort((a, b) => b.changedAt.localeCompare(a.changedAt)).slice(0, overAtMost)
  return shown.sort(
    (a, b) =>
      Number(needsPerson(b)) - Number(needsPerson(a)) ||
      Number(b.isLate) - Number(a.isLate) ||
      dueOf(a).localeCompare(dueOf(b)) ||
      a.jobId.localeCompare(b.jobId),
  )
}

export const countOf = (jobs: readonly JobView[], filter: Filter): number => jobs.filter(isShown[filter]).length

/** A job without a day comes after those that have one. */
const dueOf = ({ dueAt }: JobView): string => dueAt ?? '9'
