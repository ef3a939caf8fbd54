import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { Transient } from '#chassis/errors.ts'

/** Mistakes of ours, not of the moment: they must be seen, not tried again. */
const mistakes = new Set(['ValidationException', 'AccessDeniedException', 'UnrecognizedClientException'])

/** Asks DynamoDB; whatever passes by itself is Transient, also a table that is not there yet. */
export async function askTable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Error && mistakes.has(error.name)) throw error
    throw new Transient('The store of checkouts does not answer; send the same request again.', { cause: error })
  }
}

/** Whether a conditional write was carried out. */
export const wrote = (ask: () => Promise<unknown>): Promise<boolean> =>
  askTable(async () => {
    try {
      await ask()
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  })
