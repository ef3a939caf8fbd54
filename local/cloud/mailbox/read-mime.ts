import PostalMime, { type Address, type Attachment } from 'postal-mime'
import { BadRequest } from './bad-request.ts'
import type { NewMessage } from './message.ts'

/** Reads a raw message: headers, text and HTML bodies, attachments. Throws BadRequest when it has no header at all. */
export async function readMime(raw: Buffer): Promise<NewMessage> {
  const email = await PostalMime.parse(raw, { attachmentEncoding: 'base64' })
  if (email.headers.length === 0) throw new BadRequest('Content.Raw.Data is not a MIME message')
  return {
    from: email.from ? (addressesOf([email.from])[0] ?? '') : '',
    to: addressesOf(email.to),
    cc: addressesOf(email.cc),
    bcc: addressesOf(email.bcc),
    replyTo: addressesOf(email.replyTo),
    subject: email.subject ?? '',
    ...(email.text !== undefined && { text: email.text }),
    ...(email.html !== undefined && { html: email.html }),
    attachments: email.attachments.map(attachmentOf),
    rawBase64: raw.toString('base64'),
  }
}

function addressesOf(addresses: readonly Address[] = []): string[] {
  return addresses
    .flatMap((entry) => entry.group ?? [entry])
    .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`))
}

function attachmentOf({ filename, mimeType, content }: Attachment): NewMessage['attachments'][number] {
  const contentBase64 = typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('base64')
  return { fileName: filename ?? 'unnamed', contentType: mimeType, contentBase64 }
}
