import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { Transient } from './errors.ts'

/** What is waiting to leave for one queue. */
type Waiting = { readonly body: string; readonly done: () => void; readonly failed: (error: Error) => void }

/** SQS takes ten messages in one call and 1 MiB in all; ours are small, so that ten of them stay far below. */
const batchSize = 10

/** More than this waits for no queue: when it is down, its messages must not fill the memory. */
const mostWaiting = 10_000

/** Sends a JSON message to a queue; resolves when the queue has it, throws Transient when it may not. */
export type QueueWriter = { readonly send: (queueUrl: string, message: unknown) => Promise<void> }

/**
 * A writer that lets messages of the same moment travel together: whatever is sent while a call is under way
 * leaves with the next one.
 */
export function createQueueWriter(sqs: SQSClient): QueueWriter {
  const queues = new Map<string, Waiting[]>()

  const flush = async (queueUrl: string, waiting: Waiting[]): Promise<void> => {
    while (waiting.length > 0) await sendBatch(sqs, queueUrl, waiting.splice(0, batchSize))
    queues.delete(queueUrl)
  }

  return {
    send: (queueUrl, message) =>
      new Promise((done, failed) => {
        const entry = { body: JSON.stringify(message), done, failed }
        const waiting = queues.get(queueUrl)
        if (waiting && waiting.length >= mostWaiting) {
          failed(new Transient(`${mostWaiting} messages already wait for this queue`))
          return
        }
        if (waiting) {
          waiting.push(entry)
          return
        }
        const started = [entry]
        queues.set(queueUrl, started)
        queueMicrotask(() => void flush(queueUrl, started))
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
