import type { Senders } from '../../../services/order-api/status/senders.ts'

/** For tests that are about something else: whoever sends is believed. */
export const trustAll: Senders = { standingOf: async () => ({ kind: 'everyone' }) }
