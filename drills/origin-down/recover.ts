import type { Figure } from '../drill.ts'
import type { DrillEdge } from '../world/edges.ts'
import { ask } from '../world/publications.ts'
import type { Site } from '../world/site.ts'
import { until } from '../world/until.ts'

const inOrder = ['postgres', 'data-api', 'order-api', 'order-worker']
const often = { everyMilliseconds: 20, withinSeconds: 120 }

/** Starts everything again and edits what is read most; says when the edit was taken and when every edge showed it. */
export async function recover(site: Site, edges: readonly DrillEdge[], signal: AbortSignal): Promise<Figure[]> {
  const { platform, caller, ids, publications } = site
  const beganAt = performance.now()
  const seconds = (): number => (performance.now() - beganAt) / 1000
  for (const name of inOrder) await platform.bringBack(name)
  const readySeconds = seconds()
  const [id = ''] = ids
  const [path = ''] = publications
  const change = { title: 'Harbour Lights, after the storm', publish: true }
  let version = 0
  const edit = async (): Promise<boolean> => {
    const edited = await ask(caller, 'PATCH', `/v1/publications/${id}`, change).catch(() => undefined)
    version = edited?.version ?? 0
    return edited !== undefined
  }
  await until('an edit is taken', edit, signal, often)
  const takenSeconds = seconds()
  const shows = async (edge: DrillEdge): Promise<boolean> =>
    (await edge.read(path)).text.includes(`"version":${version},`)
  await until(
    'every edge shows the edit',
    async () => (await Promise.all(edges.map(shows))).every((isNew) => isNew),
    signal,
    often,
  )
  return [
    { name: 'started again after', value: readySeconds, unit: 's' },
    { name: 'first edit taken after', value: takenSeconds, unit: 's' },
    { name: 'it is seen on every edge after', value: seconds(), unit: 's' },
  ]
}
