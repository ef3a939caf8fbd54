import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { PageData } from '../page-data.ts'
import { type CheckoutState, firstState } from './checkout-state.ts'
import type { Draft } from './draft.ts'
import { keepDraft, keptDraft } from './kept-draft.ts'
import type { Requests } from './requests.ts'

/** What the page does to its surroundings. */
export type Ports = {
  readonly requests: Requests
  readonly storage: Storage | undefined
  /** Calls later, once; the answer takes it back. */
  readonly later: (ms: number, call: () => void) => () => void
  /** Shows this address without loading it. */
  readonly showPath: (path: string) => void
  readonly go: (url: string) => void
  readonly focus: (id: string) => void
}

export type CheckoutStore = {
  readonly data: PageData
  readonly ports: Ports
  readonly now: () => CheckoutState
  readonly set: (part: Partial<CheckoutState>) => void
  /** What was chosen or typed: shown, and kept in this tab. */
  readonly draft: (part: Partial<Draft>) => void
  /** What the server says of the checkout by now. */
  readonly saved: (view: CheckoutView) => void
  readonly subscribe: (call: () => void) => () => void
}

/** The state of one page. */
export function createStore(data: PageData, ports: Ports): CheckoutStore {
  let state = firstState(data)
  const listeners = new Set<() => void>()
  const set = (part: Partial<CheckoutState>) => {
    state = { ...state, ...part }
    for (const each of listeners) each()
  }
  return {
    data,
    ports,
    now: () => state,
    set,
    draft: (part) => {
      set({ draft: { ...state.draft, ...part } })
      keepDraft(ports.storage, draftName(data, state.view), state.draft)
    },
    saved: (view) => set({ view, ...(view.price ? { price: view.price, priceFault: undefined } : {}) }),
    subscribe: (call) => {
      listeners.add(call)
      return () => void listeners.delete(call)
    },
  }
}

/** Takes back what was kept in this tab; not at once, as the first picture must be the server's. */
export function restoreDraft({ data, ports, now, set }: CheckoutStore): boolean {
  const { view, draft } = now()
  const kept = keptDraft(ports.storage, draftName(data, view), draft, data.shop.offers.length)
  if (JSON.stringify(kept) === JSON.stringify(draft)) return false
  set({ draft: kept })
  return true
}

export const draftName = ({ shop }: PageData, view: CheckoutView | undefined): string => view?.id ?? shop.publication.id
