import type { buildApp } from 'fauxqs'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { accessKeyOf } from '../access-keys/access-key-of.ts'
import type { IssuedKeys } from '../access-keys/issued-keys.ts'

/** Travels with the message and is taken off again before anybody reads it. */
const carrier = 'printcloud-sender'

/** The carrier counts towards a message's size: one that is as large as may be goes without, and is nobody's. */
const largestNotedBytes = 1_000_000

const sending = ['AmazonSQS.SendMessage', 'AmazonSQS.SendMessageBatch']
const attributes = Type.Record(Type.String(), Type.Unknown())
const single = Type.Object({ MessageAttributes: Type.Optional(attributes) })
const batch = Type.Object({ Entries: Type.Array(single) })
const message = Type.Object({
  Attributes: Type.Optional(attributes),
  MessageAttributes: Type.Optional(attributes),
  MD5OfMessageAttributes: Type.Optional(Type.String()),
})
const received = Type.Object({ Messages: Type.Array(message) })
const carried = Type.Object({ StringValue: Type.String() })

/**
 * Gives each message the SenderId that SQS would give it: the principal of the access key that sent it; a key
 * that nobody issued here, such as the platform's own, stands for itself. fauxqs names one account for all.
 * It is noted when the request comes in, as a waiting reader may have the message before its sender has an answer.
 */
export function tellSenders(app: ReturnType<typeof buildApp>, issuedKeys: IssuedKeys): void {
  app.addHook('preHandler', async ({ raw, body }) => {
    const target = raw.headers['x-amz-target']?.toString() ?? ''
    if (!sending.includes(target) || Number(raw.headers['content-length']) > largestNotedBytes) return
    const accessKeyId = accessKeyOf(raw.headers.authorization)
    const sender = issuedKeys.find(accessKeyId)?.principalId ?? accessKeyId
    const note = { DataType: 'String', StringValue: sender === '' ? 'anonymous' : sender }
    const messages = Value.Check(batch, body) ? body.Entries : Value.Check(single, body) ? [body] : []
    for (const each of messages) each.MessageAttributes = { ...each.MessageAttributes, [carrier]: note }
  })
  app.addHook('onSend', async ({ raw }, _reply, payload) => {
    if (raw.headers['x-amz-target'] !== 'AmazonSQS.ReceiveMessage') return payload
    if (typeof payload !== 'string' || !payload.includes(carrier)) return payload
    const answer: unknown = JSON.parse(payload)
    if (!Value.Check(received, answer)) return payload
    return JSON.stringify({ ...answer, Messages: answer.Messages.map(told) })
  })
}

type Message = Static<typeof message>

/** Nobody else sends attributes with a message here, so their checksum goes with the carrier. */
function told({ MessageAttributes = {}, MD5OfMessageAttributes: _, Attributes, ...rest }: Message): object {
  const { [carrier]: note, ...others } = MessageAttributes
  const isAsked = Attributes !== undefined && 'SenderId' in Attributes
  const sender = isAsked && Value.Check(carried, note) ? { SenderId: note.StringValue } : {}
  return {
    ...rest,
    ...(Attributes === undefined ? {} : { Attributes: { ...Attributes, ...sender } }),
    ...(Object.keys(others).length === 0 ? {} : { MessageAttributes: others }),
  }
}
