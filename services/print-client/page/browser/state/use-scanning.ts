import { useRef } from 'preact/hooks'
import { readCode, type ScannedCode } from '../../model/codes.ts'
import { nextStepOf } from '../../model/steps.ts'
import type { JobView } from '../../model/view.ts'
import type { Tools } from '../page-tools.ts'
import type { OnScan } from '../scan/use-scanner.ts'
import { doNext, type OpenForm } from '../screens/job/actions.ts'
import { go, hrefOf, routeOf } from './route.ts'
import type { UsedStation } from './use-station.ts'

type Props = {
  readonly isFormOpen: boolean
  readonly find: (jobId: string) => JobView | undefined
  readonly packing: UsedStation
  readonly tools: Tools
  readonly onForm: (form: OpenForm) => void
}

/** Scanners read a code twice where it is held still. */
const twiceMs = 1_500

/**
 * What a scan does: at the packing table it belongs to the parcel. Elsewhere it opens its job; the code of the job that is open already takes
 * it one step on, unless a form is open, and what is printed goes to the packing table.
 */
export function useScanning(props: Props): OnScan {
  const last = useRef({ text: '', atMs: Number.NEGATIVE_INFINITY })
  return (text, atMs) => {
    const isTwice = text === last.current.text && atMs - last.current.atMs < twiceMs
    last.current = { text, atMs }
    if (!isTwice) scanAnywhere(props, text)
  }
}

function scanAnywhere({ isFormOpen, find, packing, tools, onForm }: Props, text: string): void {
  tools.say(undefined)
  // As the address has it now: two scans may come before the page is drawn again.
  const route = routeOf(location.hash)
  const code = readCode(text)
  const job = code && find(code.jobId)
  if (route.screen === 'pack') packing.scan(text)
  else if (code === undefined || job === undefined) odd(tools, code)
  else if (code.part !== undefined && job.stage === 'printed') toTable(packing, text)
  else if (route.screen !== 'job' || route.jobId !== job.jobId) open(job, tools)
  else if (!isFormOpen) step(job, tools, onForm)
}

function open({ jobId }: JobView, { sounds }: Tools): void {
  sounds.play('good')
  go(hrefOf.job(jobId))
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
