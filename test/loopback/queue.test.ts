import { type ChildProcess, spawn } from 'node:child_process'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Queue, startQueue } from '../../local/cloud/queue/start-queue.ts'

vi.setConfig({ testTimeout: 60_000 })

const log = pino({ level: 'silent' })
const region = 'eu-west-1'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
let queue: Queue
let client: SQSClient
let name: string
let tests = 0

beforeAll(async () => {
  // One queue for each test, so that no message of one is seen by another.
  const queues = Array.from({ length: 20 }, (_, index) => ({
    name: `q${index}`,
    visibilitySeconds: 300,
    maxReceives: 10,
  }))
  queue = await startQueue({ port: 0, queues, log, region })
  client = clientFor(queue.url)
})

beforeEach(() => {
  name = `q${tests++}`
})

afterAll(async () => {
  client?.destroy()
  await queue?.close()
})

function clientFor(endpoint: string): SQSClient {
  return new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false })
}

function address(queueName = name): { QueueUrl: string } {
  return { QueueUrl: `${queue.url}/000000000000/${queueName}` }
}

async function send(MessageBody: string, options: Partial<SendMessageCommandInput> = {}) {
  return client.send(new SendMessageCommand({ ...address(), MessageBody, ...options }))
}

async function receive(options: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
  return (await client.send(new ReceiveMessageCommand({ ...address(), ...options }))).Messages ?? []
}

async function count(attribute: 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible', of = name) {
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ ...address(of), AttributeNames: ['All'] }))
  return Number(Attributes?.[attribute])
}

/** Resolves when the queue holds a waiting long poll: fauxqs does not tell, but an empty queue that was asked is being polled. */
async function isPolling(): Promise<void> {
  await count('ApproximateNumberOfMessages')
  await count('ApproximateNumberOfMessages')
}

describe('a queue', () => {
  test('keeps a message until it is deleted', async () => {
    await send('ticket')
    const [message] = await receive()
    expect(message?.Body).toBe('ticket')
    expect(await receive()).toEqual([])
    await client.send(new DeleteMessageCommand({ ...address(), ReceiptHandle: message?.ReceiptHandle }))
    expect(await count('ApproximateNumberOfMessagesNotVisible')).toBe(0)
    expect(await count('ApproximateNumberOfMessages')).toBe(0)
  })

  test('keeps message attributes', async () => {
    await send('ticket', { MessageAttributes: { contract: { DataType: 'String', StringValue: 'process-ticket/1' } } })
    const [message] = await receive({ MessageAttributeNames: ['All'] })
    expect(message?.MessageAttributes?.contract?.StringValue).toBe('process-ticket/1')
  })

  test('takes and gives ten messages at once', async () => {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `m${index}`, MessageBody: `${index}` }))
    const sent = await client.send(new SendMessageBatchCommand({ ...address(), Entries }))
    expect(sent.Successful).toHaveLength(10)
    const messages = await receive({ MaxNumberOfMessages: 10 })
    expect(messages.map(({ Body }) => Body)).toEqual(Entries.map(({ MessageBody }) => MessageBody))
  })

  test('wakes a long poll when a message arrives', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 })
    await isPolling()
    await send('ticket')
    expect(await waiting).toMatchObject([{ Body: 'ticket' }])
  })

  test('gives a message again at once when its reader hands it back, and counts the receives', async () => {
    await send('ticket')
    const [first] = await receive()
    await client.send(
      new ChangeMessageVisibilityCommand({ ...address(), ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
    )
    const [second] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2')
  })

  test('gives a message again when its visibility ends', async () => {
    await send('ticket')
    expect(await receive({ VisibilityTimeout: 1 })).toHaveLength(1)
    expect(await receive({ WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'ticket' }])
  })

  test('moves a message that was received ten times to its dead letters', async () => {
    await send('poison')
    for (let turn = 0; turn < 10; turn++) expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1)
    expect(await receive()).toEqual([])
    expect(await count('ApproximateNumberOfMessages', `${name}-dead`)).toBe(1)
  })

  test('holds a delayed message back', async () => {
    await send('later', { DelaySeconds: 1 })
    expect(await receive()).toEqual([])
    expect(await receive({ WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'later' }])
  })

  test('takes a message of 1 MiB and refuses a larger one', async () => {
    await send('x'.repeat(1024 * 1024))
    expect((await receive())[0]?.Body).toHaveLength(1024 * 1024)
    await expect(send('x'.repeat(1024 * 1024 + 1))).rejects.toThrow(/must be shorter than 1048576 bytes/)
  })

  test('keeps messages for four days and dead letters for fourteen', async () => {
    const attributes = async (of: string) =>
      (await client.send(new GetQueueAttributesCommand({ ...address(of), AttributeNames: ['All'] }))).Attributes
    expect(await attributes(name)).toMatchObject({ VisibilityTimeout: '300', MessageRetentionPeriod: '345600' })
    expect(await attributes(`${name}-dead`)).toMatchObject({ MessageRetentionPeriod: '1209600' })
  })

  test('is found by name', async () => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }))
    expect(new URL(QueueUrl ?? '').pathname).toBe(`/000000000000/${name}`)
  })
})

describe('a reader that goes away while it waits takes no message with it', () => {
  test('when it stops in order', async () => {
    const ending = new AbortController()
    const poll = new ReceiveMessageCommand({ ...address(), WaitTimeSeconds: 20 })
    const aborted = client.send(poll, { abortSignal: ending.signal })
    await isPolling()
    ending.abort()
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
    await send('ticket')
    expect(await receive({ WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'ticket' }])
  })

  test('when it is killed', async () => {
    const reader = await killableReader()
    const gone = new Promise((resolve) => reader.once('exit', resolve))
    reader.kill('SIGKILL')
    await gone
    await send('ticket')
    expect(await receive({ WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'ticket' }])
  })
})

describe('the queue service', () => {
  test('comes back empty at the same addresses', async () => {
    const queues = [{ name: 'process', visibilitySeconds: 30, maxReceives: 10 }]
    const first = await startQueue({ port: 0, queues, log })
    const port = Number(new URL(first.url).port)
    const QueueUrl = `${first.url}/000000000000/process`
    const impatient = clientFor(first.url)
    await impatient.send(new SendMessageCommand({ QueueUrl, MessageBody: 'forgotten' }))
    await first.close()
    const second = await startQueue({ port, queues, log })
    try {
      const { Messages } = await impatient.send(new ReceiveMessageCommand({ QueueUrl }))
      expect(Messages ?? []).toEqual([])
    } finally {
      impatient.destroy()
      await second.close()
    }
  })

  test('has a queue for a facility that was added while it runs, and for nobody else', async () => {
    const queues = [{ name: 'status', visibilitySeconds: 30, maxReceives: 10 }]
    const growing = await startQueue({ port: 0, queues, log, growingPrefix: 'facility-fac_' })
    const added = clientFor(growing.url)
    const urlOf = (name: string) => `${growing.url}/000000000000/${name}`
    try {
      const QueueUrl = urlOf('facility-fac_porto')
      // A reader and a writer come at the same time; neither is refused.
      const ticket = new SendMessageCommand({ QueueUrl, MessageBody: 'ticket' })
      const [, received] = await Promise.all([
        added.send(ticket),
        added.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })),
      ])
      expect(received.Messages).toMatchObject([{ Body: 'ticket' }])
      const AttributeNames = ['RedrivePolicy', 'VisibilityTimeout'] as const
      const { Attributes } = await added.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
      )
      expect(Attributes).toMatchObject({ VisibilityTimeout: '30', RedrivePolicy: expect.stringContaining('-dead') })
      const unknown = added.send(new ReceiveMessageCommand({ QueueUrl: urlOf('prozess') }))
      await expect(unknown).rejects.toMatchObject({ name: 'QueueDoesNotExist' })
    } finally {
      added.destroy()
      await growing.close()
    }
  })

  test('is reached from this machine only', () => {
    expect(new URL(queue.url).hostname).toBe('127.0.0.1')
  })
})

/** Another process with a long poll on the queue. */
async function killableReader(): Promise<ChildProcess> {
  const code = `
    const [url, QueueUrl] = process.argv.slice(1)
    const { request } = await import('node:http')
    const body = JSON.stringify({ QueueUrl, WaitTimeSeconds: 20 })
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' }
    request(url, { method: 'POST', headers }).end(body, () => process.send('asked'))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, queue.url, address().QueueUrl], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await new Promise((resolve) => child.once('message', resolve))
  await isPolling()
  return child
}
