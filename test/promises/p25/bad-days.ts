import { mayMount } from '../facility/client-process.ts'
import type { ProductPromise, PromiseContext, Verdict } from '../promise.ts'
import { mayLayCable } from './cable.ts'
import { cutCable } from './cut-cable.ts'
import { fullDisk, readOnly } from './disk-of-its-own.ts'
import { wrongClock } from './wrong-clock.ts'

type Part = {
  readonly name: string
  readonly isPossible: () => boolean
  readonly run: (context: PromiseContext) => Promise<Verdict>
}

const parts: readonly Part[] = [
  { name: 'a full disk', isPossible: mayMount, run: fullDisk },
  { name: 'a read-only folder', isPossible: mayMount, run: readOnly },
  { name: 'a wrong clock', isPossible: () => true, run: wrongClock },
  { name: 'a cut cable', isPossible: mayLayCable, run: cutCable },
]

/** P25: one client, and everything around it fails in turn. */
export const badDays: ProductPromise = {
  id: 'P25',
  guarantee:
    'Disk full, folder read-only, clock off by a day, cable cut: nothing partial in the hot folder, every job printed once and told, and the client goes on by itself.',
  run: async (context) => {
    const verdicts: Verdict[] = []
    for (const { name, isPossible, run } of parts) {
      context.tell(`P25: ${name}`)
      if (isPossible()) verdicts.push(await run(context))
      else verdicts.push({ figure: `${name}: not tried, this machine gives no namespaces for it`, faults: [] })
    }
    return { figure: verdicts.map(({ figure }) => figure).join('; '), faults: verdicts.flatMap(({ faults }) => faults) }
  },
}
