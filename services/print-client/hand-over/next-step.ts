import type { Job } from '../journal/job.ts'
import type { Possession } from '../outputs/output.ts'
import type { Staged } from './job-folder.ts'

/** What is seen of a job, looked at anew before each step. */
export type Evidence = {
  /** What the job's output says; undefined where the configuration no longer has that output. */
  readonly possession: Possession | undefined
  readonly staged: Staged
  /** The output's own words for a job of which it cannot tell. */
  readonly doubt?: string | undefined
}

/** A job as far as the next step depends on it. */
export type StepJob = Pick<Job, 'state' | 'cancel' | 'isAccepted' | 'isReleased'>

type Simple = 'claim' | 'prepare' | 'offer' | 'hand_over' | 'note_hand_over' | 'cancel' | 'decline_cancel' | 'nothing'
export type Step = { readonly do: Simple } | { readonly do: 'hold'; readonly cause: string }

const doOnly = (step: Simple): Step => ({ do: step })

/** The same words go to the operator and to the order API. */
export const holdCauses = {
  powerLost: 'possibly_printed: the machine restarted during the hand-over',
  folderGone: 'possibly_printed: the job folder is neither in staging nor in the hot folder',
  journalLost: 'possibly_printed: this client claimed the job before, but its journal does not know',
  journalDamaged: 'possibly_printed: the journal was damaged while this job was under way',
  outputGone: 'possibly_printed: the output that the job was on its way to is no longer in the configuration',
} as const

/**
 * What to do next for a job; pure, and the whole of "print once". A job goes out by `hand_over` only, and `hand_over` is
 * decided only while its output is certain that the shop has not got it and its files lie whole in staging.
 */
export function nextStep(job: StepJob, evidence: Evidence, accept: 'automatic' | 'by_hand' = 'automatic'): Step {
  const step = wayOn(job, evidence, accept)
  return job.cancel === undefined ? step : insteadOf(step, job)
}

function wayOn(job: StepJob, evidence: Evidence, accept: 'automatic' | 'by_hand'): Step {
  switch (job.state) {
    case 'claiming':
      return doOnly('claim')
    case 'claimed':
    case 'spooling':
      return outward(job, evidence, accept === 'automatic' || job.isAccepted === true || job.isReleased === true)
    case 'offered':
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

function outward({ state }: StepJob, { possession, staged, doubt }: Evidence, isWanted: boolean): Step {
  switch (possession) {
    case 'has':
      return doOnly('note_hand_over')
    case 'has_not':
      if (state === 'claimed') return doOnly(isWanted ? 'prepare' : 'offer')
      return staged === 'complete' ? doOnly('hand_over') : { do: 'hold', cause: holdCauses.folderGone }
    case 'cannot_tell':
      return { do: 'hold', cause: doubt ?? (staged === 'absent' ? holdCauses.folderGone : holdCauses.powerLost) }
    case undefined:
      return { do: 'hold', cause: holdCauses.outputGone }
    default:
      return possession satisfies never
  }
}

/**
 * A job that is not wanted any more takes the same way up to the point where its files would be fetched or handed over: there, and
 * only there, it is certain that nobody has it. The claim comes first, so that no other client prints it either.
 */
function insteadOf(step: Step, { state }: StepJob): Step {
  if (step.do === 'prepare' || step.do === 'offer' || step.do === 'hand_over') return doOnly('cancel')
  if (step.do !== 'nothing') return step
  if (state === 'failed' || state === 'offered') return doOnly('cancel')
  return doOnly(state === 'handed_over' || state === 'held' ? 'decline_cancel' : 'nothing')
}
