import type { OrderEventEntry } from '#contracts/order-api/order-lists.ts'

/** How long each part of the way took, in ms; undefined for what did not happen. */
export type StageTimes = {
  /** From the order to its release: fetching, checking, making print files. */
  readonly preflight: number | undefined
  /** From the release until the last item was packed (or printed, where nobody says packed). */
  readonly production: number | undefined
  /** From then until all was shipped. */
  readonly shipping: number | undefined
}

/** Reads the times off an order's event log. */
export function stageTimes(events: readonly OrderEventEntry[]): StageTimes {
  const last = (...types: readonly string[]) => {
    const times = events.filter(({ type }) => types.includes(type)).map(({ at }) => Date.parse(at))
    return times.length > 0 ? Math.max(...times) : undefined
  }
  const created = last('order.created')
  const released = last('order.released')
  const made = last('item.packed') ?? last('item.printed')
  const shipped = last('item.shipped', 'order.shipped')
  return {
    preflight: between(created, released),
    production: between(released, made),
    shipping: between(made, shipped),
  }
}

function between(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from)
}
