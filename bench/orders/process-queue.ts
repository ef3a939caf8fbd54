import { setTimeout as wait } from 'node:timers/promises'
import { GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'

const patienceMilliseconds = 30_000
const lookEveryMilliseconds = 10

/** The queue of process tickets, which nobody reads during the measurement of intake. */
export type ProcessQueue = {
  /** Resolves when `count` tickets have arrived, and empties the queue; throws after 30 s. */
  readonly expect: (count: number) => Promise<void>
  readonly close: () => void
}

export function openProcessQueue(endpoint: string, queueUrl: string): ProcessQueue {
  const sqs = new SQSClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    useQueueUrlAsEndpoint: false,
  })
  const arrived = async (): Promise<number> => {
    const names = ['ApproximateNumberOfMessages' as const]
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: names }))
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0)
  }
  return {
    expect: async (count) => {
      const until = performance.now() + patienceMilliseconds
      for (let found = await arrived(); found < count; found = await arrived()) {
        if (performance.now() > until) throw new Error(`${count} orders were taken, but only ${found} tickets rang`)
        await wait(lookEveryMilliseconds)
      }
      await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl }))
    },
    close: () => sqs.destroy(),
  }
}
