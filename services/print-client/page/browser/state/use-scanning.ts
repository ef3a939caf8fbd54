import { useRef } from 'preact/hooks'
import { readCode, type ScannedCode } from '../../model/codes.ts'
import { nextStepOf } from '../../model/steps.ts'
import type { JobView } from '../../model/view.ts'
import type { Tools } from '../page-tools.ts'
import { doNext, type OpenForm } from '../screens/job/actions.ts'
import { go, hrefOf, type Route } from './route.ts'
import type { UsedStation } from './use-station.ts'

type Props = {
  readonly route: Route
  readonly find: (jobId: string) => JobView | undefined
  readonly packing: UsedStation
  readonly tools: Tools
  readonly onForm: (form: OpenForm) => void
}

/** Scanners read a code twice where it is held still. */
const twiceMs = 1_500

/**
 * What a scan does: at the packing table it belongs to the parcel. Elsewhere it opens its job; the code of the job that is open already takes
 * it one step on, and what is printed goes to the packing table.
 */
export function useScanning({ route, find, packing, tools, onForm }: Props): (text: string) => void {
  const last = useRef({ text: '', atMs: Number.NEGATIVE_INFINITY })
  return (text) => {
    const atMs = performance.now()
    const isTwice = text === last.current.text && atMs - last.current.atMs < twiceMs
    last.current = { text, atMs }
    if (isTwice) return
    tools.say(undefined)
    if (route.screen === 'pack') return packing.scan(text)
    const code = readCode(text)
    const job = code && find(code.jobId)
    if (code === undefined || job === undefined) return odd(tools, code)
    if (code.part !== undefined && job.stage === 'printed') return toTable(packing, text)
    if (route.screen !== 'job' || route.jobId !== job.jobId) {
      tools.sounds.play('good')
      return go(hrefOf.job(job.jobId))
    }
    step(job, tools, onForm)
  }
}

function odd({ sounds, say, words }: Tools, code: ScannedCode | undefined): void {
  sounds.play('odd')
  say(code === undefined ? words.note_no_code : words.note_unknown)
}

function toTable(packing: UsedStation, text: string): void {
  packing.scan(text)
  go(hrefOf.pack)
}

function step(job: JobView, tools: Tools, onForm: Props['onForm']): void {
  const next = job.mayDecide ? undefined : nextStepOf(job)
  if (next === 'packed') go(hrefOf.pack)
  else if (next !== undefined) void doNext(job, next, tools, onForm)
  else {
    tools.sounds.play('odd')
    tools.say(tools.words.note_not_next)
  }
}
