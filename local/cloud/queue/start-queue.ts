import { buildApp } from 'fauxqs'
import type { Log } from '#chassis/log.ts'
import { type IssuedKeys, issuedKeysIn } from '../access-keys/issued-keys.ts'
import { growQueues } from './grow-queues.ts'
import { guardQueues } from './guard-queues.ts'
import type { QueueSpec } from './queue-spec.ts'
import { returnUndelivered } from './return-undelivered.ts'
import { tellSenders } from './sender-identity.ts'

export type Queue = { readonly url: string; readonly close: () => Promise<void> }

const dayInSeconds = 86_400

/**
 * SQS on 127.0.0.1 with `queues` and their dead-letter queues, empty at each start: a queue is a doorbell, and whoever needs
 * an answer rings again. Port 0 takes a free one. A queue's address is `<url>/000000000000/<name>`; whoever looks it up by
 * name instead must do so in `region`.
 */
export async function startQueue(options: {
  readonly port: number
  readonly queues: readonly QueueSpec[]
  readonly log: Log
  readonly region?: string
  /** Keys of facilities: a message is said to come from whoever has the key, and a key may do what its facility may. */
  readonly issuedKeys?: IssuedKeys
  /** Queues whose names begin so are made when they are first spoken of, like the first of `queues`; none without it. */
  readonly growingPrefix?: string
}): Promise<Queue> {
  const { log, queues, region = 'eu-west-1', issuedKeys = issuedKeysIn(''), growingPrefix = '' } = options
  const app = buildApp({ logger: false, defaultRegion: region })
  returnUndelivered(app, log)
  guardQueues(app, issuedKeys)
  tellSenders(app, issuedKeys)
  const createQueue = async (name: string, attributes: Record<string, string>) => {
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/',
      // The port is part of the queue's URL.
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.CreateQueue',
        host: `127.0.0.1:${options.port}`,
      },
      payload: JSON.stringify({ QueueName: name, Attributes: attributes }),
    })
    if (statusCode !== 200) throw new Error(`The queue ${name} cannot be made: ${body}`)
  }
  const makeQueue = async ({ name, visibilitySeconds, maxReceives }: QueueSpec) => {
    const deadLetterTargetArn = `arn:aws:sqs:${region}:000000000000:${name}-dead`
    await createQueue(`${name}-dead`, { MessageRetentionPeriod: String(14 * dayInSeconds) })
    await createQueue(name, {
      VisibilityTimeout: String(visibilitySeconds),
      MessageRetentionPeriod: String(4 * dayInSeconds),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: maxReceives }),
    })
  }
  const [pattern] = queues
  if (growingPrefix !== '' && pattern) {
    const known = queues.flatMap(({ name }) => [name, `${name}-dead`])
    growQueues(app, growingPrefix, known, (name) => makeQueue({ ...pattern, name }))
  }
  for (const queue of queues) await makeQueue(queue)
  const url = await app.listen({ host: '127.0.0.1', port: options.port })
  log.info({ port: Number(new URL(url).port), queues: queues.map(({ name }) => name) }, 'queue_listening')
  return { url, close: () => app.close() }
}
