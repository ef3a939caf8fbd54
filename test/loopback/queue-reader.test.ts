import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Transient } from '#chassis/errors.ts'
import { readQueue } from '#chassis/queue-reader.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import { type Queue, startQueue } from '../../local/cloud/queue/start-queue.ts'

const log = pino({ level: 'silent' })
const region = 'eu-west-1'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
let queue: Queue

beforeAll(async () => {
  const queues = ['again', 'at-once', 'away', 'tickets'].map((name) => ({
    name,
    visibilitySeconds: 30,
    maxReceives: 10,
  }))
  queue = await startQueue({ port: 0, queues, log, region })
})
afterAll(() => queue?.close())

/** Reads one message with a handler that is `Transient` four times; the times for which it was hidden in between. */
async function hiddenFor(name: string, retryAfterSeconds: number): Promise<number[]> {
  const sqs = new SQSClient({ region, credentials, endpoint: queue.url, useQueueUrlAsEndpoint: false })
  const queueUrl = `${queue.url}/000000000000/${name}`
  const hidden: number[] = []
  sqs.middlewareStack.add(
    (next) => (args) => {
      if ('VisibilityTimeout' in args.input && !('MaxNumberOfMessages' in args.input)) {
        hidden.push(Number(args.input.VisibilityTimeout))
      }
      return next(args)
    },
    { step: 'initialize' },
  )
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{}' }))
  const stopping = new AbortController()
  await readQueue({
    ...{ sqs, queueUrl, log, concurrency: 1, visibilitySeconds: 30, signal: stopping.signal },
    handle: async (_body, { receiveCount }) => {
      if (receiveCount <= 3) throw new Transient('not now', { retryAfterSeconds })
      stopping.abort()
    },
  })
  sqs.destroy()
  return hidden
}

test('a message that cannot be handled now waits twice as long after each try, so that an outage does not kill it', async () => {
  expect(await hiddenFor('again', 1)).toEqual([1, 2, 4])
}, 60_000)

test('a message that is handed back at once is there at once, however often', async () => {
  expect(await hiddenFor('at-once', 0)).toEqual([0, 0, 0])
}, 60_000)

test('a queue that is away is told at once and then ever more rarely, and whoever reads hears when it answers again', async () => {
  const sqs = new SQSClient({ region, credentials, endpoint: queue.url, useQueueUrlAsEndpoint: false, maxAttempts: 1 })
  let calls = 0
  sqs.middlewareStack.add(
    (next) => (args) => {
      calls += 1
      if (calls <= 5) throw new Error('away')
      return next(args)
    },
    { step: 'initialize' },
  )
  const told: number[] = []
  const heard: unknown[] = []
  const warn = ({ times }: { readonly times: number }) => told.push(times)
  const queueUrl = `${queue.url}/000000000000/away`
  const writing = new SQSClient({ region, credentials, endpoint: queue.url, useQueueUrlAsEndpoint: false })
  await writing.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{}' }))
  const stopping = new AbortController()
  await readQueue({
    ...{ sqs, queueUrl, log: Object.assign(pino({ level: 'silent' }), { warn }), concurrency: 1 },
    ...{ visibilitySeconds: 30, signal: stopping.signal },
    clock: { now: () => new Date(), sleep: async () => undefined },
    onReceive: (fault) => heard.push(fault?.message),
    handle: async () => stopping.abort(),
  })
  expect(told).toEqual([1, 2, 4])
  expect(heard).toEqual([...Array(5).fill('away'), undefined])
  for (const each of [sqs, writing]) each.destroy()
}, 60_000)

test('messages for a queue that is down do not pile up without end: the sender is told', async () => {
  const sqs = new SQSClient({ region, credentials, endpoint: 'http://127.0.0.1:9', maxAttempts: 1 })
  const writer = createQueueWriter(sqs)
  const sent = Array.from({ length: 10_100 }, (_, n) => writer.send('http://127.0.0.1:9/000000000000/down', n))
  await expect(sent.at(-1)).rejects.toThrow('already wait')
  await Promise.allSettled(sent)
  sqs.destroy()
}, 60_000)

test('tickets that fill a call of their own do not wait for a slow one', async () => {
  const sqs = new SQSClient({ region, credentials, endpoint: queue.url, useQueueUrlAsEndpoint: false })
  const slow = Promise.withResolvers<void>()
  let calls = 0
  sqs.middlewareStack.add(
    (next) => async (args) => {
      calls += 1
      if (calls === 1) await slow.promise
      return next(args)
    },
    { step: 'initialize' },
  )
  const writer = createQueueWriter(sqs)
  const queueUrl = `${queue.url}/000000000000/tickets`
  const first = writer.send(queueUrl, 'first')
  await expect.poll(() => calls).toBe(1)
  await Promise.all(Array.from({ length: 10 }, (_, n) => writer.send(queueUrl, n)))
  // Too few for a call of their own: they leave with the last one that is under way, and are not forgotten.
  const rest = [1, 2, 3].map((n) => writer.send(queueUrl, `rest ${n}`))
  slow.resolve()
  await Promise.all([first, ...rest])
  await writer.send(queueUrl, 'afterwards')
  expect(calls).toBe(4)
  sqs.destroy()
})
