import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { CheckoutPrice } from '#contracts/checkout/price.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { WordKey } from '../../words/en.ts'
import type { PageData } from '../page-data.ts'
import type { Draft } from './draft.ts'
import type { Faults } from './faults.ts'
import { firstDraft } from './first-draft.ts'

export const stepNames = ['print', 'address', 'pay'] as const
export type StepName = (typeof stepNames)[number]

/** Something that the visitor must know before going on. */
export type Notice = {
  readonly word: WordKey
  readonly severity: 'warn' | 'reject'
  /** Of a price that changed: before and now. */
  readonly amounts?: { readonly was: number; readonly now: number; readonly currency: CurrencyCode }
}

export type CheckoutState = {
  readonly draft: Draft
  readonly view: CheckoutView | undefined
  readonly price: CheckoutPrice | undefined
  readonly isPricing: boolean
  /** Why there is no price. */
  readonly priceFault: WordKey | undefined
  /** The last step that is open; those before it stay open too. */
  readonly step: StepName
  readonly faults: Faults
  readonly busy: 'address' | 'pay' | 'paying' | undefined
  readonly notice: Notice | undefined
  /** What could not be sent, and how to try again. */
  readonly trouble: { readonly word: WordKey; readonly retry: () => void } | undefined
}

export function firstState({ shop, view }: Pick<PageData, 'shop' | 'view'>): CheckoutState {
  return {
    draft: firstDraft(shop, view),
    view,
    price: view?.price,
    ...{ isPricing: false, priceFault: undefined, faults: {}, busy: undefined, trouble: undefined },
    step: stepOf(view),
    notice: view?.last_payment && { word: paymentWords[view.last_payment], severity: 'warn' },
  }
}

function stepOf(view: CheckoutView | undefined): StepName {
  if (!view) return 'print'
  return view.buyer ? 'pay' : 'address'
}

const paymentWords = {
  ...{
    failed: 'paymentFailed',
    cancelled: 'paymentCancelled',
    pending: 'paymentPending',
    uncertain: 'paymentUncertain',
  },
} as const satisfies Record<string, WordKey>

/** The way of shipping that is chosen, or would be. */
export const chosenMethod = ({ draft, price }: Pick<CheckoutState, 'draft' | 'price'>) =>
  price?.methods.find(({ shipping_method }) => shipping_method === draft.method) ?? price?.methods[0]

export const isReached = (wanted: StepName, now: StepName): boolean =>
  stepNames.indexOf(wanted) <= stepNames.indexOf(now)
