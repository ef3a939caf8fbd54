import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { type Clock, systemClock } from './clock.ts'
import { countFaults, type FaultCount } from './count-faults.ts'
import { Transient } from './errors.ts'
import type { Log } from './log.ts'

/** What the reader knows of one delivery besides its body. */
export type Delivery = {
  readonly messageId: string
  readonly receiveCount: number
  /** Who sent it, as the queue service says: the unique id of a user (`AIDA…`), or `AROA…:session` of a role. The body cannot forge it. */
  readonly senderId: string
  readonly signal: AbortSignal
}

export type QueueReaderOptions = {
  readonly sqs: SQSClient
  readonly queueUrl: string
  readonly log: Log
  /** Called with the parsed body; may run twice for one message. Resolving acknowledges; throwing gives it back. */
  readonly handle: (body: unknown, delivery: Delivery) => Promise<void>
  /** Messages in hand at once. */
  readonly concurrency: number
  /** How long a message stays hidden without a sign of life; renewed at half time while it is handled. */
  readonly visibilitySeconds: number
  /** Aborts: stop taking; what is in hand is finished (or hears the same signal and hands itself back). */
  readonly signal: AbortSignal
  readonly clock?: Clock
  /** Hears how each receive ended: undefined where the queue answered. */
  readonly onReceive?: (fault: Error | undefined) => void
}

const longPollSeconds = 20
/** Pause after a failed receive, so that a queue that is down is not hammered. */
const pauseAfterFaultMilliseconds = 500
/** Recovery is due a minute after the fault has gone (PROMISES P08). */
const longestBackOffSeconds = 60

/** Reads a queue until `signal` aborts, then waits for what is in hand. Acknowledges last: delete comes after `handle`. */
export async function readQueue(options: QueueReaderOptions): Promise<void> {
  const { signal, log, concurrency, clock = systemClock } = options
  const inHand = new Set<Promise<void>>()
  const faults = countFaults()
  while (!signal.aborted) {
    if (inHand.size >= concurrency) {
      await Promise.race(inHand)
      continue
    }
    for (const message of await receive(options, concurrency - inHand.size, clock, faults)) {
      const work: Promise<void> = handleOne(options, message).finally(() => inHand.delete(work))
      inHand.add(work)
    }
  }
  log.debug({ inHand: inHand.size }, 'reader_draining')
  await Promise.all(inHand)
}

async function receive(
  options: QueueReaderOptions,
  free: number,
  clock: Clock,
  faults: FaultCount,
): Promise<readonly Message[]> {
  const { sqs, queueUrl, signal, log, visibilitySeconds, onReceive } = options
  try {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(10, free),
        WaitTimeSeconds: longPollSeconds,
        VisibilityTimeout: visibilitySeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SenderId'],
      }),
      { abortSignal: signal },
    )
    faults.worked()
    onReceive?.(undefined)
    return Messages
  } catch (error) {
    if (signal.aborted) return []
    const times = faults.failed(error)
    if (times !== undefined) log.warn({ err: error, times }, 'receive_failed')
    onReceive?.(error instanceof Error ? error : new Error(String(error)))
    await clock.sleep(pauseAfterFaultMilliseconds, signal)
    return []
  }
}

async function handleOne(options: QueueReaderOptions, message: Message): Promise<void> {
  const { log, visibilitySeconds, signal } = options
  const delivery = {
    messageId: message.MessageId ?? '',
    receiveCount: Number(message.Attributes?.ApproximateReceiveCount ?? '1'),
    senderId: message.Attributes?.SenderId ?? '',
    signal,
  }
  const renewal = setInterval(() => void hide(options, message, visibilitySeconds), visibilitySeconds * 500)
  try {
    await options.handle(JSON.parse(message.Body ?? ''), delivery)
    clearInterval(renewal)
    await options.sqs.send(
      new DeleteMessageCommand({ QueueUrl: options.queueUrl, ReceiptHandle: message.ReceiptHandle }),
    )
  } catch (error) {
    clearInterval(renewal)
    const again = error instanceof Transient ? backOffSeconds(error, delivery.receiveCount) : 5
    const fields = { err: error, messageId: delivery.messageId, attempt: delivery.receiveCount }
    if (error instanceof Transient) log.warn(fields, 'message_given_back')
    else log.error(fields, 'message_failed')
    // Given back, not deleted: after its last receive the queue moves it to the dead letters, where an alarm looks.
    await hide(options, message, again)
  }
}

/** Twice as long after each receive: ten of them outlast a database that is away for four minutes. 0 stays at once. */
function backOffSeconds({ retryAfterSeconds }: Transient, receiveCount: number): number {
  return Math.min(longestBackOffSeconds, retryAfterSeconds * 2 ** (receiveCount - 1))
}

async function hide({ sqs, queueUrl, log }: QueueReaderOptions, message: Message, seconds: number): Promise<void> {
  try {
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: message.ReceiptHandle,
        VisibilityTimeout: seconds,
      }),
    )
  } catch (error) {
    // The message comes back by itself when its old time is over.
    log.warn({ err: error, messageId: message.MessageId }, 'visibility_not_changed')
  }
}
