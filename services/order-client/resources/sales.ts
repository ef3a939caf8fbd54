import type { SalesPage } from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { withQuery } from '../pages.ts'
import type { Api } from './api.ts'

export type SalesPageOptions = CallOptions & { readonly after?: string | undefined; readonly limit?: number }

/** Orders that visitors paid at the checkout. */
export type SaleCalls = {
  /** What changed after `after`, the `next` of the page before: some of it comes twice, and nothing is left out. */
  readonly page: (options?: SalesPageOptions) => Promise<SalesPage>
}

export const saleCalls = ({ readNow }: Api): SaleCalls => ({
  page: ({ after, limit, ...options } = {}) => readNow(withQuery('/v1/sales', { after, limit }), options),
})
