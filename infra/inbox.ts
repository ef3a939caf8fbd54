import { Duration } from 'aws-cdk-lib'
import { Grant } from 'aws-cdk-lib/aws-iam'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Addresses, Wired } from './service.ts'

type InboxOptions = {
  readonly queueName: string
  /** What its URL is called in an environment; a facility's is told by its prefix. */
  readonly told?: (queue: Queue) => Addresses
}

/** A queue that belongs to its reader, and what could not be read beside it. Queues are doorbells: what is lost is rung again. */
export class Inbox extends Construct {
  readonly queue: Queue
  readonly #told: Addresses

  constructor(scope: Construct, id: string, { queueName, told }: InboxOptions) {
    super(scope, id)
    const closed = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true }
    const deadLetters = new Queue(this, 'dead', {
      ...closed,
      queueName: `${queueName}-dead`,
      retentionPeriod: Duration.days(14),
    })
    this.queue = new Queue(this, 'queue', {
      ...closed,
      queueName,
      retentionPeriod: Duration.days(4),
      // An instance that is taken away counts as a receive: few of them would throw good work away.
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 10 },
    })
    this.#told = told?.(this.queue) ?? {}
  }

  readBy(reader: Wired): void {
    const actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility']
    Grant.addToPrincipal({ grantee: reader, actions, resourceArns: [this.queue.queueArn] })
    reader.tell(this.#told)
  }

  rungBy(sender: Wired): void {
    Grant.addToPrincipal({ grantee: sender, actions: ['sqs:SendMessage'], resourceArns: [this.queue.queueArn] })
    sender.tell(this.#told)
  }

  /** The address without a right: for who hands it on to others. */
  namedTo(service: Wired): void {
    service.tell(this.#told)
  }
}
