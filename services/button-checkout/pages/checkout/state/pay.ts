import { chosenMethod } from './checkout-state.ts'
import type { CheckoutStore } from './checkout-store.ts'
import { buyerOf, destinationOf } from './draft.ts'
import { missingIn } from './faults.ts'
import type { Refusal } from './requests.ts'
import { type Saving, tellRefusal } from './saving.ts'

/** Exactly what stands on the button is paid, or nothing. A second click while it works does nothing. */
export async function pay(store: CheckoutStore, saving: Saving): Promise<void> {
  const { data, ports, now, set } = store
  if (now().busy) return
  const faults = missingIn(now().draft, data.words)
  const [first] = Object.keys(faults)
  if (first !== undefined) {
    set({ faults })
    return ports.focus(first)
  }
  const seen = chosenMethod(now())?.charges
  if (!seen) return
  set({ busy: 'paying', trouble: undefined, notice: undefined })
  if (!(await isAllSaved(store, saving))) return set({ busy: undefined })
  const { view } = now()
  if (!view) return set({ busy: undefined })
  const charges = chosenMethod(now())?.charges ?? seen
  if (charges.gross !== seen.gross) return priceChanged(store, seen.gross)
  const answer = await ports.requests.pay(view.path, {
    ...{ version: view.version, amount: seen.gross, currency: seen.currency },
  })
  if (answer.kind === 'done') return ports.go(answer.value.redirect_url)
  const retry = () => void pay(store, saving)
  if (answer.kind === 'lost') return set({ busy: undefined, trouble: { word: 'offline', retry } })
  await refused(store, answer.refusal, seen.gross, retry)
}

/** What was typed since the last step goes first. */
async function isAllSaved({ now }: CheckoutStore, saving: Saving): Promise<boolean> {
  if (!(await saving.flush())) return false
  const { view, draft } = now()
  const method = chosenMethod(now())?.shipping_method
  const buyer = buyerOf(draft)
  const isSame =
    view?.shipping_method === method && JSON.stringify(sorted(view?.buyer)) === JSON.stringify(sorted(buyer))
  if (isSame) return true
  return saving.save({ destination: destinationOf(draft), buyer, ...(method ? { shipping_method: method } : {}) })
}

/** The same whatever order its fields have. */
function sorted(value: object | undefined): unknown {
  const entries: [string, unknown][] = Object.entries(value ?? {})
  return entries
    .map(([key, each]): [string, unknown] => [key, typeof each === 'object' && each !== null ? sorted(each) : each])
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

async function refused(store: CheckoutStore, refusal: Refusal, was: number, retry: () => void): Promise<void> {
  const { ports, now, set, saved } = store
  const isOld = refusal.code === 'price_changed' || refusal.code === 'version_conflict'
  const path = now().view?.path
  if (!isOld || path === undefined) {
    set({ busy: undefined })
    return tellRefusal(store, refusal, retry)
  }
  const newest = await ports.requests.read(path)
  if (newest.kind === 'done') saved(newest.value)
  if (chosenMethod(now())?.charges.gross !== was) return priceChanged(store, was)
  set({ busy: undefined, notice: { word: 'changedElsewhere', severity: 'warn' } })
  ports.focus('notice')
}

function priceChanged({ ports, now, set }: CheckoutStore, was: number): void {
  const charges = chosenMethod(now())?.charges
  set({
    busy: undefined,
    ...(charges
      ? {
          notice: {
            ...{ word: 'priceChanged', severity: 'warn' },
            amounts: { was, now: charges.gross, currency: charges.currency },
          } as const,
        }
      : {}),
  })
  ports.focus('notice')
}
