import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'

export const attachmentSchema = Type.Object({
  fileName: Type.String(),
  contentType: Type.String(),
  contentBase64: Type.String(),
})

export const messageSchema = Type.Object({
  id: Type.String(),
  receivedAt: Type.String(),
  from: Type.String(),
  to: Type.Array(Type.String()),
  cc: Type.Array(Type.String()),
  bcc: Type.Array(Type.String()),
  replyTo: Type.Array(Type.String()),
  subject: Type.String(),
  text: Type.Optional(Type.String()),
  html: Type.Optional(Type.String()),
  attachments: Type.Array(attachmentSchema),
  /** What was sent, when it was sent as MIME. */
  rawBase64: Type.Optional(Type.String()),
})

/** A message as the mailbox keeps it, whichever way it came. Addresses may have a display name: `Ada <ada@example.com>`. */
export type Message = Readonly<Static<typeof messageSchema>>

/** A message before it has been given an id and a time. */
export type NewMessage = Omit<Message, 'id' | 'receivedAt'>

const compiled = Compile(messageSchema)

/** Throws when the text is not a message that this mailbox wrote. */
export function parseMessage(json: string): Message {
  return compiled.Parse(JSON.parse(json))
}
