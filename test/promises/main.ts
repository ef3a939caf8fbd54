import { parseArgs } from 'node:util'
import { oneOrderAKey } from './p02/one-order-a-key.ts'
import { printOnce } from './p03/print-once.ts'
import { restored } from './p04/restored.ts'
import { facilityComesBack } from './p05/facility-comes-back.ts'
import { readsGoOn } from './p06/reads-go-on.ts'
import { editsAreSeen } from './p07/edits-are-seen.ts'
import { hostileFiles } from './p09/hostile-files.ts'
import { insideAddresses } from './p10/inside-addresses.ts'
import { accessOfEveryone } from './p11/access-of-everyone.ts'
import { noLeaks } from './p12/no-leaks.ts'
import { poisonJobs } from './p17/poison-jobs.ts'
import { webhooksArrive } from './p18/webhooks-arrive.ts'
import { chargedAsQuoted } from './p19/charged-as-quoted.ts'
import { checkoutCharged } from './p19/checkout-charged.ts'
import { slowCallers } from './p20/slow-callers.ts'
import { overload } from './p21/overload.ts'
import { fuzz } from './p22/fuzz.ts'
import { nothingLeaks } from './p23/nothing-leaks.ts'
import { buttonIsSafe } from './p24/button-is-safe.ts'
import { badDays } from './p25/bad-days.ts'
import type { ProductPromise } from './promise.ts'

const promises: readonly ProductPromise[] = [
  oneOrderAKey,
  printOnce,
  restored,
  facilityComesBack,
  readsGoOn,
  editsAreSeen,
  hostileFiles,
  insideAddresses,
  accessOfEveryone,
  noLeaks,
  poisonJobs,
  webhooksArrive,
  chargedAsQuoted,
  checkoutCharged,
  slowCallers,
  overload,
  fuzz,
  nothingLeaks,
  buttonIsSafe,
  badDays,
]

const help = `Shows that what Printcloud promises holds: one line a promise.

Use: npm run promises [-- ${promises.map(({ id }) => id).join(' ')}] [--seed N]

Without names all run. Exit codes: 0 all held, 1 one is broken, 2 wrong argument.
`

const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort(new Error(name)))
const say = (text: string): void => void process.stdout.write(text)
let toldAt = 0
/** A line that is written over on a terminal; in a log, one now and then. */
const tell = (words: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${words.padEnd(78)}\r`)
  else if (performance.now() - toldAt > 20_000) {
    toldAt = performance.now()
    process.stderr.write(`${words}\n`)
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, help: { type: 'boolean' } },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const unknown = positionals.find((id) => !promises.some((each) => each.id === id))

if (values.help) say(help)
else if (unknown !== undefined || !Number.isInteger(seed)) {
  process.stderr.write(
    `${unknown ?? `--seed ${values.seed}`} is not known.\nThe promises are: ${promises.map(({ id }) => id).join(', ')}.\n`,
  )
  process.exitCode = 2
} else await runAll()

async function runAll(): Promise<void> {
  say(`seed ${seed}\n`)
  for (const { id, guarantee, run } of promises) {
    if (positionals.length > 0 && !positionals.includes(id)) continue
    if (guarantee !== undefined) say(`${id}  ${guarantee}\n`)
    const beganAt = performance.now()
    const { figure, faults } = await run({ seed, signal: ending.signal, tell })
    const seconds = Math.round((performance.now() - beganAt) / 1000)
    say(`${id}  ${faults.length === 0 ? 'held  ' : 'broken'}  ${figure}; ${seconds} s\n`)
    for (const fault of faults.slice(0, 20)) say(`     ${fault}\n`)
    if (faults.length > 0) process.exitCode = 1
  }
}
