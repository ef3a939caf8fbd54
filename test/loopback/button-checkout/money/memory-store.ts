import { Transient } from '#chassis/errors.ts'
import type { Checkout } from '../../../../services/button-checkout/checkouts/checkout.ts'
import type { CheckoutStore } from '../../../../services/button-checkout/store/checkout-store.ts'
import type { PlainItems } from '../../../../services/button-checkout/store/plain-items.ts'

/** The rules of the table without the table, for thousands of sequences; `isAway`: it does not answer. */
export function createMemoryTable(state: { isAway: boolean }): { store: CheckoutStore; items: PlainItems } {
  const texts = new Map<string, string>()
  const waiting = new Map<string, string>()
  const plain = new Map<string, { version: number; doc: unknown }>()
  const here = (): void => {
    if (state.isAway) throw new Transient('The store does not answer.')
  }
  const read = (id: string): Checkout | undefined => {
    const text = texts.get(id)
    return text === undefined ? undefined : JSON.parse(text)
  }
  const write = (checkout: Checkout): true => {
    texts.set(checkout.id, JSON.stringify(checkout))
    if (checkout.dueAt === undefined) waiting.delete(checkout.id)
    else waiting.set(checkout.id, checkout.dueAt)
    return true
  }
  const store: CheckoutStore = {
    find: async (id) => {
      here()
      return read(id)
    },
    insert: async (checkout) => {
      here()
      return !texts.has(checkout.id) && write(checkout)
    },
    save: async (checkout) => {
      here()
      return read(checkout.id)?.version === checkout.version - 1 && write(checkout)
    },
    due: async (now, limit) => {
      here()
      const until = now.toISOString()
      const due = [...waiting].filter(([, at]) => at <= until).sort(([, a], [, b]) => a.localeCompare(b))
      return due.slice(0, limit).map(([id]) => id)
    },
    putOff: async (id, until) => {
      here()
      if (waiting.has(id)) waiting.set(id, until.toISOString())
    },
  }
  const items: PlainItems = {
    getItem: async (name) => {
      here()
      return plain.get(name)
    },
    putIf: async (name, version, doc) => {
      here()
      if ((plain.get(name)?.version ?? 0) !== version) return false
      plain.set(name, { version: version + 1, doc })
      return true
    },
  }
  return { store, items }
}
