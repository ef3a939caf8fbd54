import { percentile } from '../../bench/orders/statistics.ts'
import { type Drill, type DrillContext, type Figure, none, type Outcome } from '../drill.ts'
import type { DrillEdge } from '../world/edges.ts'
import { cachesOf, openEdges, openSite, type Site, twoEdges } from '../world/site.ts'
import { newTally, readAll, readOnce, type Tally, visitorsOf } from '../world/traffic.ts'
import { until } from '../world/until.ts'
import { createEditor, type Editor } from './editor.ts'

export type EditsOptions = DrillContext & { readonly seconds: number; readonly editsPerSecond: number }

/** All that is published has room, as at a CDN. */
const capacityBytes = 256 * 1024 * 1024
const leastHitPercent = 99

/** P07's drill: edits come every moment, visitors never stop, and none of them sees what was dropped. */
export const edits: Drill = {
  name: 'edits',
  shows: 'ten edits a second under traffic: how soon they are seen everywhere, and that nobody sees what was before',
  publications: 10_000,
  run: (context) => runEdits({ ...context, seconds: 60, editsPerSecond: 10 }),
}

export async function runEdits(options: EditsOptions): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const { tell, signal, seconds } = options
  const editor = createEditor(options)
  const site = await openSite(stack, { ...options, onPurged: editor.purged })
  const time = { now: () => new Date(), timesFaster: 1 }
  const edges = await openEdges(stack, site.stores, { ...time, capacityBytes, names: twoEdges })
  for (const { url } of edges) site.relay.add(url)

  tell('every edge gets to know everything')
  const warm = newTally()
  for (const edge of edges) await readOnce(edge, [...site.publications, ...site.others], warm)

  tell(`${options.editsPerSecond} edits a second for ${seconds} s, under traffic`)
  const tally = newTally()
  const draw = visitorsOf(site.publications, site.others, options.seed)
  const end = performance.now() + seconds * 1000
  const goesOn = (): boolean => performance.now() < end
  await Promise.all([
    readAll({ edges, draw, tally, signal, goesOn, judge: editor.judge }),
    editor.editUntil(goesOn, site, signal),
  ])
  await until('every edit is dropped at the edges', editor.isSettled, signal, { withinSeconds: 120 })
  const old = await olderThanEdited(site, edges, editor)
  return {
    caches: cachesOf(edges),
    figures: figuresOf({ editor, tally, warm, old, seconds }),
    faults: [...warm.faults, ...tally.faults, ...editor.faults()],
  }
}

/** Edges that show an edited publication as it was. */
async function olderThanEdited(site: Site, edges: readonly DrillEdge[], editor: Editor): Promise<number> {
  let old = 0
  for (const edge of edges) {
    for (const path of editor.editedPaths(site)) {
      const verdict = editor.judge(path)
      const before = editor.stale().reads
      verdict(await edge.read(path))
      old += editor.stale().reads - before
    }
  }
  return old
}

type Measured = {
  readonly editor: Editor
  readonly tally: Tally
  readonly warm: Tally
  readonly old: number
  readonly seconds: number
}

function figuresOf({ editor, tally, warm, old, seconds }: Measured): Figure[] {
  const visible = editor.visibleSeconds()
  const stale = editor.stale()
  const of = (share: number): Figure => ({
    ...{ name: `seen everywhere after, p${share * 100}`, value: percentile(visible, share), unit: 's' },
  })
  const hitPercent = (100 * (tally.hits + tally.stale)) / tally.reads
  return [
    { name: 'edits', value: visible.length },
    ...[0.5, 0.95, 0.99].map(of),
    { name: 'reads meanwhile', value: tally.reads },
    { name: 'reads a second', value: Math.round(tally.reads / seconds) },
    { name: 'hit rate', value: hitPercent, unit: '%', wanted: { is: 'at least', value: leastHitPercent } },
    none('reads that failed', tally.failed + warm.failed),
    none('reads that showed what was dropped before they began', stale.reads),
    none('bytes of them', stale.bytes),
    none('edges that show an edited publication as it was, at the end', old),
    none('edits that were not taken', editor.refused()),
  ]
}
