import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { type Queue, startQueue } from '../../local/cloud/queue/start-queue.ts'

let queue: Queue
let queueUrl: string
const clients: SQSClient[] = []

const clientOf = (accessKeyId: string): SQSClient => {
  const credentials = { accessKeyId, secretAccessKey: 'secret' }
  const client = new SQSClient({ endpoint: queue.url, region: 'eu-west-1', credentials, useQueueUrlAsEndpoint: false })
  clients.push(client)
  return client
}

beforeAll(async () => {
  const queues = [{ name: 'status', visibilitySeconds: 30, maxReceives: 10 }]
  queue = await startQueue({ port: 0, queues, log: createLog('test', 'fatal') })
  queueUrl = `${queue.url}/000000000000/status`
})

afterAll(async () => {
  for (const client of clients) client.destroy()
  await queue.close()
})

const receive = async (wait = 0) => {
  const { Messages = [] } = await clientOf('AKIAREADER').send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['SenderId', 'ApproximateReceiveCount'],
    }),
  )
  return Messages
}

test('a message is said to come from whoever’s access key sent it, alone or in a batch', async () => {
  await clientOf('AKIAONE').send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'one' }))
  const Entries = ['two', 'three'].map((MessageBody, index) => ({ Id: String(index), MessageBody }))
  await clientOf('AKIATWO').send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
  const messages = await receive()
  const senders = messages.map(({ Body, Attributes }) => [Body, Attributes?.SenderId])
  expect(new Map(senders.map(([body, sender]) => [body, sender]))).toEqual(
    new Map([
      ['one', 'AKIAONE'],
      ['two', 'AKIATWO'],
      ['three', 'AKIATWO'],
    ]),
  )
  expect(messages.every(({ MessageAttributes, Attributes }) => !MessageAttributes && Attributes)).toBe(true)
})

test('a reader that waits hears of the sender too, however soon the message comes', async () => {
  const waiting = receive(10)
  await clientOf('AKIATHREE').send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'soon' }))
  expect((await waiting)[0]?.Attributes?.SenderId).toBe('AKIATHREE')
})

test('what is no message is left alone', async () => {
  await clientOf('AKIAFOUR').send(new CreateQueueCommand({ QueueName: 'another' }))
  expect(await receive()).toEqual([])
})
