import { Refused, Transient } from '#chassis/errors.ts'
import { PrintcloudError } from '../../order-client/index.ts'

/** A call of order-api whose no is a no to the customer (`action_not_allowed`, `invalid_request`); all else may pass. */
export async function orderApiSays<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof PrintcloudError && (cause.code === 'action_not_allowed' || cause.code === 'invalid_request')) {
      throw new Refused(cause.code, cause.detail, cause.errors, { cause })
    }
    throw new Transient('The order cannot be reached at the moment.', { cause, retryAfterSeconds: 10 })
  }
}
