import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { StatusMessage } from '#contracts/messages/status-message.ts'
import { parse } from '#contracts/parse.ts'

/** Takes the next messages off a status queue, as order-api would read them. */
export async function hear(sqs: SQSClient, url: string): Promise<readonly StatusMessage[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }))
  if (Messages.length === 0) return []
  const Entries = Messages.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }))
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }))
  return Messages.map(({ Body = '' }) => parse('status message', StatusMessage, JSON.parse(Body)))
}
