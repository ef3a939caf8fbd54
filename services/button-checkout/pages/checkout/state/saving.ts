import type { CheckoutChange } from '#contracts/checkout/checkout-view.ts'
import type { WordKey } from '../../words/en.ts'
import type { CheckoutStore } from './checkout-store.ts'
import { type Draft, destinationOf } from './draft.ts'
import { faultsOf } from './faults.ts'
import type { Refusal } from './requests.ts'

type Change = Omit<CheckoutChange, 'version'>

export type Saving = {
  /** The cart or the place changed: price and checkout follow in a moment. */
  readonly touch: () => void
  /** Whatever waits is sent now; whether all of it was taken. */
  readonly flush: () => Promise<boolean>
  readonly save: (change: Change) => Promise<boolean>
}

const pauseMs = 250

/** Sends changes one after the other, so that no answer overtakes a newer one. */
export function createSaving(store: CheckoutStore): Saving {
  let isOwed = false
  let takeBack = () => {}
  let tail: Promise<unknown> = Promise.resolve()
  const queued = (job: () => Promise<boolean>): Promise<boolean> => {
    const next = tail.then(job)
    tail = next
    return next
  }
  const save = (change: Change) => queued(() => sendChange(store, change))
  const flush = (): Promise<boolean> => {
    takeBack()
    if (!isOwed) return queued(async () => true)
    isOwed = false
    const { view, draft } = store.now()
    return view ? save({ cart: draft.cart, destination: destinationOf(draft) }) : queued(() => askPrice(store))
  }
  const touch = () => {
    isOwed = true
    store.set({ isPricing: true })
    takeBack()
    takeBack = store.ports.later(pauseMs, () => void flush())
  }
  return { touch, flush, save }
}

/** Before there is a checkout: only the price. An answer to an older question is dropped. */
async function askPrice(store: CheckoutStore): Promise<boolean> {
  const { draft } = store.now()
  const destination = destinationOf(draft)
  const answer = await store.ports.requests.price({ start: store.data.shop.start, cart: draft.cart, destination })
  if (askedOf(store.now().draft) !== askedOf(draft)) return false
  if (answer.kind === 'done') {
    store.set({ price: answer.value, isPricing: false, priceFault: undefined, trouble: undefined })
    return true
  }
  const retry = () => void askPrice(store)
  if (answer.kind === 'lost') store.set({ isPricing: false, trouble: { word: 'offline', retry } })
  else tellRefusal(store, answer.refusal, retry)
  return false
}

/** All that a price depends on. */
const askedOf = ({ cart: { offer, quantity, options }, country, fields }: Draft): string =>
  JSON.stringify([offer, quantity, options, country, fields.state])

/** One change, on the newest version; somebody else's change in between does not take ours away. */
async function sendChange(store: CheckoutStore, change: Change): Promise<boolean> {
  const { view } = store.now()
  if (!view) return false
  const { requests } = store.ports
  let answer = await requests.change(view.path, { version: view.version, ...change })
  if (answer.kind === 'refused' && answer.refusal.code === 'version_conflict') {
    const newest = await requests.read(view.path)
    if (newest.kind === 'done') {
      store.set({ notice: { word: 'changedElsewhere', severity: 'warn' } })
      answer = await requests.change(view.path, { version: newest.value.version, ...change })
    }
  }
  if (answer.kind === 'done') {
    store.saved(answer.value)
    store.set({ isPricing: false, trouble: undefined })
    return true
  }
  const retry = () => void sendChange(store, change)
  if (answer.kind === 'lost') store.set({ isPricing: false, trouble: { word: 'offline', retry } })
  else tellRefusal(store, answer.refusal, retry)
  return false
}

/** Where a refusal is shown: at its fields, in the place of the price, above the button, or below the page. */
export function tellRefusal(store: CheckoutStore, refusal: Refusal, retry: () => void): void {
  store.set({ isPricing: false })
  const { code, status } = refusal
  if (code === 'payment_uncertain') store.set({ notice: { word: 'paymentUncertain', severity: 'warn' } })
  else if (code === 'sale_closed') store.set({ notice: { word: 'closedText', severity: 'reject' } })
  else if (priceFaults[code]) store.set({ price: undefined, priceFault: priceFaults[code] })
  else if (status === 429) store.set({ trouble: { word: 'tooMany', retry } })
  else if (status >= 500) store.set({ trouble: { word: 'troubled', retry } })
  else tellFaults(store, refusal, retry)
}

const priceFaults: Readonly<Record<string, WordKey>> = {
  ...{ price_unknown: 'noPrice', shipping_unknown: 'noShipping', tax_unknown: 'noShipping' },
}

function tellFaults(store: CheckoutStore, refusal: Refusal, retry: () => void): void {
  const faults = faultsOf(refusal, store.data.words)
  const [first] = Object.keys(faults)
  // Before the address is asked for, a state that is missing is no fault: there is just no price yet.
  if (first === undefined) store.set({ trouble: { word: 'troubled', retry } })
  else if (store.now().step === 'print') store.set({ price: undefined })
  else {
    store.set({ faults })
    store.ports.focus(first)
  }
}
