import { setTimeout as wait } from 'node:timers/promises'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { seededRandom } from '../../local/samples/random.ts'
import type { Reply } from '../world/edges.ts'
import { ask, type Caller, pathOf } from '../world/publications.ts'

type Options = { readonly seed: number; readonly editsPerSecond: number }
type Edited = { readonly version: number; readonly takenAt: number; droppedAt?: number }
type Editable = { readonly ids: readonly string[]; readonly caller: Caller }

/** Edits publications at a fixed rate, each once, and knows which of them every edge has dropped. */
export type Editor = ReturnType<typeof createEditor>

const tickMilliseconds = 5

export function createEditor({ seed, editsPerSecond }: Options) {
  const random = seededRandom(seed + 2)
  /** By the tag of the document, in lower case as caches have it. */
  const edited = new Map<string, Edited>()
  /** A CDN may be told before the publisher's answer arrives. */
  const dropped = new Map<string, number>()
  const faults: string[] = []
  const stale = { reads: 0, bytes: 0 }
  let [sent, refused] = [0, 0]

  const edit = async ({ caller }: Editable, id: string): Promise<void> => {
    const change = { title: `Harbour Lights, edited ${sent}`, publish: true }
    try {
      const { version } = await ask(caller, 'PATCH', `/v1/publications/${id}`, change)
      edited.set(tagOfId(id), { version, takenAt: performance.now() })
    } catch (error) {
      refused += 1
      faults.push(error instanceof Error ? error.message : String(error))
    }
  }
  const droppedAt = (tag: string): number | undefined => dropped.get(tag)

  return {
    purged: (tags: readonly string[]): void => {
      for (const tag of tags.map((each) => each.toLowerCase()))
        if (!dropped.has(tag)) dropped.set(tag, performance.now())
    },
    /** Each publication is edited once: whoever begins to read it after its tag was dropped everywhere must see the second version. */
    judge: (path: string) => {
      const isDropped = droppedAt(tagOf.document(path).toLowerCase()) !== undefined
      return ({ status, text }: Reply): void => {
        if (!isDropped || status !== 200 || !/"version":1[,}]/.test(text)) return
        stale.reads += 1
        stale.bytes += text.length
      }
    },
    editUntil: async (goesOn: () => boolean, site: Editable, signal: AbortSignal): Promise<void> => {
      const left = shuffled(site.ids, random).values()
      const beganAt = performance.now()
      const under: Promise<void>[] = []
      while (goesOn()) {
        const due = ((performance.now() - beganAt) / 1000) * editsPerSecond
        const next = sent < due ? left.next() : undefined
        if (next?.done) break
        if (next) {
          sent += 1
          under.push(edit(site, next.value))
        } else await wait(tickMilliseconds, undefined, { signal })
      }
      await Promise.all(under)
    },
    isSettled: (): boolean => [...edited.keys()].every((tag) => dropped.has(tag)),
    /** From the publisher's answer to the moment from which no edge shows what was before. */
    visibleSeconds: (): readonly number[] =>
      [...edited].map(([tag, { takenAt }]) => Math.max(0, (droppedAt(tag) ?? Number.NaN) - takenAt) / 1000),
    editedPaths: ({ ids }: Editable): readonly string[] =>
      ids.filter((id) => edited.has(tagOfId(id))).map((id) => pathOf(id)),
    stale: () => ({ ...stale }),
    refused: () => refused,
    faults: () => faults,
  }
}

const tagOfId = (id: string): string => tagOf.document(pathOf(id)).toLowerCase()

/** Evenly: what is edited is not what is read most. */
function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const all = [...items]
  for (let place = all.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1))
    const [one, two] = [all[place], all[other]]
    if (one !== undefined && two !== undefined) [all[place], all[other]] = [two, one]
  }
  return all
}
