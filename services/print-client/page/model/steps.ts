import type { JobView, Stage } from './view.ts'

/** What the shop may say of a job by one press of a button. */
export const simpleSteps = ['printing', 'printed', 'packed'] as const
export type SimpleStep = (typeof simpleSteps)[number]

/** What comes next for a job: a word, or the form of its parcels. */
export type NextStep = 'accept' | SimpleStep | 'ship'

const next: Readonly<Partial<Record<Stage, NextStep>>> = {
  offered: 'accept',
  accepted: 'printing',
  printing: 'printed',
  printed: 'packed',
  packed: 'ship',
}

export const nextStepOf = ({ stage }: Pick<JobView, 'stage'>): NextStep | undefined => next[stage]

/** True where the shop has the job and may still say something of it. */
export const isInShop = ({ stage }: Pick<JobView, 'stage'>): boolean => stage !== 'offered' && next[stage] !== undefined

/** True where nothing goes on without a person. */
export const needsPerson = (job: Pick<JobView, 'stage' | 'mayDecide' | 'isCancelAsked'>): boolean =>
  job.mayDecide || job.stage === 'offered' || (job.isCancelAsked && isInShop(job))

/** Copies that have not left the house. */
export const copiesLeft = ({ quantity, parcels }: Pick<JobView, 'quantity' | 'parcels'>): number =>
  Math.max(0, quantity - parcels.reduce((sum, parcel) => sum + parcel.quantity, 0))
