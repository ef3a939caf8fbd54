import { localFacilities } from '../../local/facilities.ts'
import { printClientName } from '../../local/platform/processes.ts'

/** Not one of them takes part in accepting or reading an order. */
export const idle: readonly string[] = [
  'order-worker',
  'processor',
  'simulated-shop',
  'front-door',
  'mailbox',
  ...localFacilities.map(({ id }) => printClientName(id)),
]
