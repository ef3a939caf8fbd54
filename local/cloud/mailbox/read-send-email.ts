import { Compile } from 'typebox/compile'
import { BadRequest } from './bad-request.ts'
import type { NewMessage } from './message.ts'
import { readMime } from './read-mime.ts'
import { type SendEmailRequest, type SimpleContent, sendEmailRequestSchema } from './send-email-request.ts'

const compiled = Compile(sendEmailRequestSchema)

/** SES's limit for To, Cc and Bcc together. */
const maxRecipients = 50

/** An address alone or after a display name; the domain is not looked up. */
const mailbox = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@,]+@[^\s<>@,]+)$/

/** Turns the body of a SendEmail call into a message. Throws BadRequest where SES would. */
export async function readSendEmail(body: unknown): Promise<NewMessage> {
  if (!compiled.Check(body)) {
    const [fault] = compiled.Errors(body)
    throw new BadRequest(`${fault?.instancePath || 'The body'}: ${fault?.message ?? 'is not a SendEmail request'}`)
  }
  const { Simple, Raw } = body.Content
  if ((Simple === undefined) === (Raw === undefined)) throw new BadRequest('Content must have one of Simple and Raw')
  const content = Simple ? readSimple(Simple) : await readMime(Buffer.from(Raw?.Data ?? '', 'base64'))
  const message = { ...content, ...envelopeOf(body, content) }
  checkAddresses(message)
  return message
}

type Content = Omit<NewMessage, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo'> & Partial<NewMessage>

function readSimple({ Subject, Body, Headers = [], Attachments = [] }: SimpleContent): Content {
  if (!Body.Text && !Body.Html) throw new BadRequest('Content.Simple.Body must have Text or Html')
  const lines = [Subject.Data, ...Headers.flatMap(({ Name, Value }) => [Name, Value])]
  if (lines.some((line) => /[\r\n]/.test(line))) throw new BadRequest('Control characters are not allowed in headers')
  return {
    subject: Subject.Data,
    ...(Body.Text && { text: Body.Text.Data }),
    ...(Body.Html && { html: Body.Html.Data }),
    attachments: Attachments.map(({ FileName, ContentType = 'application/octet-stream', RawContent }) => ({
      fileName: FileName,
      contentType: ContentType,
      contentBase64: RawContent,
    })),
  }
}

/** What the call says goes before what the MIME headers say. */
function envelopeOf(
  request: SendEmailRequest,
  content: Content,
): Pick<NewMessage, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo'> {
  const { Destination } = request
  return {
    from: request.FromEmailAddress ?? content.from ?? '',
    to: Destination?.ToAddresses ?? (Destination ? [] : (content.to ?? [])),
    cc: Destination?.CcAddresses ?? (Destination ? [] : (content.cc ?? [])),
    bcc: Destination?.BccAddresses ?? (Destination ? [] : (content.bcc ?? [])),
    replyTo: request.ReplyToAddresses ?? content.replyTo ?? [],
  }
}

function checkAddresses({ from, to, cc, bcc, replyTo }: NewMessage): void {
  const recipients = [...to, ...cc, ...bcc]
  if (recipients.length === 0) throw new BadRequest('Destination must have at least one address')
  if (recipients.length > maxRecipients) throw new BadRequest(`Recipient count exceeds ${maxRecipients}`)
  if (![from, ...recipients, ...replyTo].every((address) => mailbox.test(address))) {
    throw new BadRequest("Missing final '@domain' in FromEmailAddress, Destination or ReplyToAddresses")
  }
}
