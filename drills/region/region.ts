import { type Drill, type DrillContext, type Figure, none, type Outcome } from '../drill.ts'
import { pathOf } from '../world/publications.ts'
import { cachesOf } from '../world/site.ts'
import { newTally, readAll, type Tally, visitorsOf } from '../world/traffic.ts'
import type { Facilities } from './facilities.ts'
import { goBack } from './go-back.ts'
import { openScene } from './scene.ts'
import { timedSteps } from './steps.ts'
import { takeOver } from './take-over.ts'
import { work } from './work.ts'

/** The primary region is lost: reads go on by themselves, writes by the runbook. */
export const region: Drill = {
  name: 'region',
  shows: 'the primary region is lost: reads go on from the standby, writes by the steps of the runbook, and back',
  publications: 200,
  run: runRegion,
}

const pauseMilliseconds = 25

async function runRegion(context: DrillContext): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const scene = await openScene(stack, context)
  const { ids, edges } = scene
  const reads = newTally()
  let isOver = false
  const draw = visitorsOf(ids.map(pathOf), [], context.seed)
  const { signal } = context
  const visitors = readAll({ edges, draw, tally: reads, signal, goesOn: () => !isOver, pauseMilliseconds })
  // It is waited for below; until then its failure must not be nobody's.
  visitors.catch(() => undefined)
  stack.defer(async () => {
    isOver = true
    await visitors.catch(() => undefined)
  })
  const before = await work(scene)
  const steps = timedSteps(context.tell)
  const taken = await takeOver(scene, before, steps)
  const back = await goBack(scene, steps)
  isOver = true
  await visitors
  return {
    caches: cachesOf(edges),
    figures: [
      ...readFigures(reads),
      ...taken,
      ...back,
      ...printFigures(scene.facilities, scene.ledger.count()),
      ...steps.figures(),
    ],
    faults: reads.faults,
  }
}

const readFigures = (reads: Tally): Figure[] => [
  { name: 'reads meanwhile', value: reads.reads },
  { name: 'of them from a store', value: reads.misses },
  none('of them failed', reads.failed),
]

function printFigures({ handedOver }: Facilities, orders: number): Figure[] {
  const jobs = new Set(handedOver).size
  return [
    { name: 'orders accepted', value: orders },
    { name: 'jobs printed', value: jobs, wanted: { is: 'exactly', value: orders } },
    none('jobs printed twice', handedOver.length - jobs),
  ]
}
