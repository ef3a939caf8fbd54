import type { Principal } from './principal.ts'

/** Whether it is the platform's own checkout, acting for an account or for its own. */
export const isCheckout = ({ scopes, checkoutAccountId }: Principal): boolean =>
  checkoutAccountId !== undefined || scopes.includes('checkout:act')
