import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import { chosenMethod } from './checkout-state.ts'
import { type CheckoutStore, draftName } from './checkout-store.ts'
import { buyerOf, destinationOf } from './draft.ts'
import { missingIn } from './faults.ts'
import { forgetDraft, keepDraft } from './kept-draft.ts'
import { type Saving, tellRefusal } from './saving.ts'

/** The visitor leaves the first step: from now on the checkout can be found again. */
export async function goToAddress(store: CheckoutStore, saving: Saving): Promise<void> {
  const { data, ports, now, set } = store
  if (now().busy) return
  set({ busy: 'address', trouble: undefined })
  await saving.flush()
  const { draft, view } = now()
  if (!view) {
    const destination = destinationOf(draft)
    const answer = await ports.requests.begin({
      ...{ start: data.shop.start, cart: draft.cart, destination, language: data.locale },
    })
    set({ busy: undefined })
    const retry = () => void goToAddress(store, saving)
    if (answer.kind === 'lost') return set({ trouble: { word: 'offline', retry } })
    if (answer.kind === 'refused') return tellRefusal(store, answer.refusal, retry)
    begun(store, answer.value)
  }
  set({ busy: undefined, step: now().step === 'print' ? 'address' : now().step })
  ports.focus('step-address')
}

function begun({ data, ports, now, saved }: CheckoutStore, view: CheckoutView): void {
  saved(view)
  forgetDraft(ports.storage, draftName(data, undefined))
  keepDraft(ports.storage, draftName(data, view), now().draft)
  ports.showPath(view.path)
}

/** Address, name and mail are sent; what is missing is said at its field. */
export async function goToPay(store: CheckoutStore, saving: Saving): Promise<void> {
  const { data, ports, now, set } = store
  if (now().busy) return
  const faults = missingIn(now().draft, data.words)
  set({ faults, trouble: undefined })
  const [first] = Object.keys(faults)
  if (first !== undefined) return ports.focus(first)
  set({ busy: 'pay' })
  const { draft } = now()
  const method = chosenMethod(now())?.shipping_method
  const isSaved = await saving.save({
    ...{ destination: destinationOf(draft), buyer: buyerOf(draft) },
    ...(method ? { shipping_method: method } : {}),
  })
  set({ busy: undefined })
  if (!isSaved) return
  set({ step: 'pay' })
  ports.focus('step-pay')
}
