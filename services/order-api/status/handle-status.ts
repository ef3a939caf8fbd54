import type { Keyring } from '#chassis/keyring.ts'
import { StatusMessage } from '#contracts/messages/status-message.ts'
import { parse } from '#contracts/parse.ts'
import { keepHeartbeat } from '../facilities/keep-heartbeat.ts'
import { changeOrder, type OrderChanger } from '../orders/change-order.ts'
import { applyPreflightResult } from '../preflights/apply-result.ts'
import { applyProofResult } from '../publications/apply-proof-result.ts'
import { applyThumbnailResult } from '../publications/apply-thumbnail-result.ts'
import { applyFacilityStatus, type Consequences } from './apply-facility-status.ts'
import { decideOnReport } from './handle-report.ts'
import { storable } from './storable.ts'

/**
 * Applies whatever arrives on the status queue. May run twice for one message: the cause (status id, or ticket and outcome)
 * is kept with the event that it made, and the second time changes nothing.
 */
export const createHandleStatus = (changer: OrderChanger, keyring: Keyring, consequences?: Consequences) => {
  return async (body: unknown): Promise<void> => {
    const message = parse('status message', StatusMessage, storable(body))
    if (message.type === 'process_report') {
      await changeOrder(changer, message.orderId, `${message.ticketId}/${message.outcome}`, decideOnReport(message))
      return
    }
    if (message.type === 'preflight_result') {
      await applyPreflightResult(changer, message)
      return
    }
    if (message.type === 'thumbnail_result') {
      await applyThumbnailResult({ ...changer, keyring }, message)
      return
    }
    if (message.type === 'proof_result') {
      await applyProofResult({ ...changer, keyring }, message)
      return
    }
    if (message.type === 'facility_heartbeat') {
      await keepHeartbeat(changer.database, message, changer.now())
      return
    }
    await applyFacilityStatus(changer, message, consequences)
  }
}
