import type { buildApp } from 'fauxqs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Log } from '#chassis/log.ts'

const receiveRequest = Type.Object({ QueueUrl: Type.String() })
const receiveAnswer = Type.Object({ Messages: Type.Array(Type.Object({ ReceiptHandle: Type.String() })) })

/**
 * Makes messages visible again at once when the client that waited for them has gone. Without it fauxqs hands a message to
 * the long poll of a client that was stopped, and nobody sees it until its visibility timeout ends.
 */
export function returnUndelivered(app: ReturnType<typeof buildApp>, log: Log): void {
  app.addHook('onSend', async (request, _reply, payload) => {
    const { socket, headers } = request.raw
    if (headers['x-amz-target'] !== 'AmazonSQS.ReceiveMessage' || (!socket.destroyed && socket.writable)) return
    const answer: unknown = typeof payload === 'string' ? JSON.parse(payload) : undefined
    if (!Value.Check(receiveAnswer, answer) || !Value.Check(receiveRequest, request.body)) return
    const { QueueUrl } = request.body
    for (const { ReceiptHandle } of answer.Messages)
      await app.inject({
        method: 'POST',
        url: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AmazonSQS.ChangeMessageVisibility',
        },
        payload: JSON.stringify({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      })
    log.info({ messages: answer.Messages.length }, 'undelivered_messages_returned')
  })
}
