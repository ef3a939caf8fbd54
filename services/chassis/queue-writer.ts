import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { Transient } from './errors.ts'

/** What is waiting to leave for one queue. */
type Waiting = { readonly body: string; readonly done: () => void; readonly failed: (error: Error) => void }
type Line = { readonly waiting: Waiting[]; calls: number }

/** SQS takes ten messages in one call and 1 MiB in all; ours are small, so that ten of them stay far below. */
const batchSize = 10

/** One call after the other would send no more than ten messages in each turn of a busy process: fewer than come in. */
const callsAtOnce = 8

/** More than this waits for no queue: when it is down, its messages must not fill the memory. */
const mostWaiting = 10_000

/** Sends a JSON message to a queue; resolves when the queue has it, throws Transient when it may not. */
export type QueueWriter = { readonly send: (queueUrl: string, message: unknown) => Promise<void> }

/**
 * A writer that lets messages of the same moment travel together: whatever is sent while a call is under way
 * leaves with the next one, and at once when it fills a call of its own.
 */
export function createQueueWriter(sqs: SQSClient): QueueWriter {
  const lines = new Map<string, Line>()

  const leave = async (queueUrl: string, line: Line): Promise<void> => {
    // Only the last call under way takes less than it could: the others' batches stay full.
    while (line.waiting.length >= (line.calls === 1 ? 1 : batchSize)) {
      await sendBatch(sqs, queueUrl, line.waiting.splice(0, batchSize))
    }
    line.calls -= 1
    if (line.calls === 0) lines.delete(queueUrl)
  }

  return {
    send: (queueUrl, message) =>
      new Promise((done, failed) => {
        const line = lines.get(queueUrl) ?? { waiting: [], calls: 0 }
        if (line.waiting.length >= mostWaiting) {
          failed(new Transient(`${mostWaiting} messages already wait for this queue`))
          return
        }
        line.waiting.push({ body: JSON.stringify(message), done, failed })
        if (line.calls === 0) {
          line.calls = 1
          lines.set(queueUrl, line)
          queueMicrotask(() => void leave(queueUrl, line))
        } else if (line.waiting.length >= batchSize && line.calls < callsAtOnce) {
          line.calls += 1
          void leave(queueUrl, line)
        }
      }),
  }
}

async function sendBatch(sqs: SQSClient, queueUrl: string, batch: readonly Waiting[]): Promise<void> {
  try {
    const entries = batch.map((each, index) => ({ Id: String(index), MessageBody: each.body }))
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }))
    const faults = new Map(Failed.map((failure) => [failure.Id, `${failure.Code}: ${failure.Message}`]))
    for (const [index, each] of batch.entries()) {
      const fault = faults.get(String(index))
      if (fault === undefined) each.done()
      else each.failed(new Transient(`The queue refused a message: ${fault}`))
    }
  } catch (cause) {
    for (const each of batch) each.failed(new Transient('The queue did not take the messages', { cause }))
  }
}
