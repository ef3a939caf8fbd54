import type { CurrencyCode } from '#contracts/money.ts'
import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { Scope } from '#contracts/order-api/scopes.ts'

/** How an account pays and works, as it was when its key was looked up. */
export type AccountTerms = {
  readonly billing: 'prepaid' | 'invoice'
  /** How far below zero the balance may go; null: without a limit. */
  readonly creditLimitMinor: number | null
  readonly currency: CurrencyCode
  /** How long an order waits after preflight, so that it can still be changed. */
  readonly graceMinutes: number
  /** How its orders are routed; the default where it says nothing. */
  readonly routing?: RoutingPolicy | null
}

/** On whose behalf a request acts, and what it may do. */
export type Principal = {
  readonly accountId: string
  readonly keyId: string
  readonly kind: 'secret' | 'publishable'
  readonly isTest: boolean
  readonly scopes: readonly Scope[]
  readonly terms: AccountTerms
  /** Where the platform's checkout acts for this account: the account that its key belongs to. */
  readonly checkoutAccountId?: string
}
