import type { Reply } from '../world/edges.ts'
import { type Caller } from '../world/publications.ts'

type Options = {
  readonly seed: number
  readonly editsPerSecond: number
}
type Editable = {
  readonly ids: readonly string[]
  readonly caller: Caller
}
/** Edits publications at a fixed rate, each once, and knows which of them every edge has dropped. */
export type Editor = ReturnType<typeof createEditor>
export declare function createEditor({ seed, editsPerSecond }: Options): {
  purged: (tags: readonly string[]) => void
  /** Each publication is edited once: whoever begins to read it after its tag was dropped everywhere must see the second version. */
  judge: (path: string) => ({ status, text }: Reply) => void
  editUntil: (goesOn: () => boolean, site: Editable, signal: AbortSignal) => Promise<void>
  isSettled: () => boolean
  /** From the publisher's answer to the moment from which no edge shows what was before. */
  visibleSeconds: () => readonly number[]
  editedPaths: ({ ids }: Editable) => readonly string[]
  stale: () => {
    reads: number
    bytes: number
  }
  refused: () => number
  faults: () => string[]
}
