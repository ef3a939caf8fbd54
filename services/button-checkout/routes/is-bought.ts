import type { Checkout } from '../checkouts/checkout.ts'

/** Whether it was paid: from then on it is an order, with a page of its own. */
export const isBought = ({ state }: Pick<Checkout, 'state'>): boolean =>
  state === 'paid' || state === 'ordered' || state === 'refused'
