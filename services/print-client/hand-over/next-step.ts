import type { Job } from '../journal/job.ts'

/** What the folders say of a job, looked at anew before each step. */
export type Evidence = {
  readonly isInHotFolder: boolean
  /** `complete` has its ticket.json, which is written last. The folder is made before the claim and only rename(2) takes it away. */
  readonly staged: 'absent' | 'partial' | 'complete'
}

type Simple = 'claim' | 'prepare' | 'rename' | 'note_hand_over' | 'cancel' | 'decline_cancel' | 'nothing'
export type Step = { readonly do: Simple } | { readonly do: 'hold'; readonly cause: string }

const doOnly = (step: Simple): Step => ({ do: step })

/** The same words go to the operator and to the order API. */
export const holdCauses = {
  powerLost: 'possibly_printed: the machine restarted during the hand-over',
  folderGone: 'possibly_printed: the job folder is neither in staging nor in the hot folder',
  journalLost: 'possibly_printed: this client claimed the job before, but its journal does not know',
  journalDamaged: 'possibly_printed: the journal was damaged while this job was under way',
} as const

/**
 * What to do next for a job; pure, and the whole of "print once". A job goes into the hot folder by `rename` only, and
 * `rename` is decided only while it is certain that it has not been there: same boot, folder still whole in staging.
 * After a loss of power the disk may show the staging folder again although the shop already took the job.
 */
export function nextStep(job: Pick<Job, 'state' | 'bootId' | 'cancel'>, evidence: Evidence, bootId: string): Step {
  const step = wayOn(job, evidence, bootId)
  return job.cancel === undefined ? step : insteadOf(step, job)
}

function wayOn(job: Pick<Job, 'state' | 'bootId'>, evidence: Evidence, bootId: string): Step {
  const isSameBoot = job.bootId === bootId
  switch (job.state) {
    case 'claiming':
      return doOnly('claim')
    case 'claimed':
      if (evidence.isInHotFolder) return doOnly('note_hand_over')
      if (evidence.staged === 'absent') return { do: 'hold', cause: holdCauses.folderGone }
      // ticket.json is there: the next line of the journal was `spooling`, and may be lost with the power.
      if (evidence.staged === 'complete' && !isSameBoot) return { do: 'hold', cause: holdCauses.powerLost }
      return doOnly('prepare')
    case 'spooling':
      if (evidence.isInHotFolder) return doOnly('note_hand_over')
      if (!isSameBoot) return { do: 'hold', cause: holdCauses.powerLost }
      return evidence.staged === 'complete' ? doOnly('rename') : { do: 'hold', cause: holdCauses.folderGone }
    case 'claimed_elsewhere':
    case 'handed_over':
    case 'held':
    case 'failed':
    case 'dropped':
      return doOnly('nothing')
    default:
      return job.state satisfies never
  }
}

/**
 * A job that is not wanted any more takes the same way up to the point where its files would be fetched or handed over: there, and
 * only there, it is certain that nobody has it. The claim comes first, so that no other client prints it either.
 */
function insteadOf(step: Step, { state }: Pick<Job, 'state'>): Step {
  if (step.do === 'prepare' || step.do === 'rename') return doOnly('cancel')
  if (step.do !== 'nothing') return step
  if (state === 'failed') return doOnly('cancel')
  return doOnly(state === 'handed_over' || state === 'held' ? 'decline_cancel' : 'nothing')
}
