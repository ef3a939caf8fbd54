import type { Origin } from '../../local/edge/origin.ts'

/** The way to a store, which can be closed. */
export type Gate = Origin & {
  /** Whoever asks is refused from now on, or let through again. */
  readonly set: (isOpen: boolean) => void
  /** Questions that were let through. */
  readonly asked: () => number
}

/** Stands between an edge and a store. */
export function gateTo(origin: Origin): Gate {
  let isOpen = true
  let asked = 0
  return {
    get: async (key, question) => {
      if (!isOpen) throw new Error('the store refuses')
      asked += 1
      return await origin.get(key, question)
    },
    set: (next) => {
      isOpen = next
    },
    asked: () => asked,
  }
}
