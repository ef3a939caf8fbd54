import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { Mail, Mailer } from './mailer.ts'

/** What SES says of an address or a text that it will never take. All else is its own bad day or ours, and passes. */
const permanent = new Set(['BadRequestException', 'MessageRejected'])

/**
 * Mails through Amazon SES (v2). SES writes the headers and encodes them; a line end in one of them it refuses. Sent again after a lost answer
 * a mail may come twice.
 */
export function createSesMailer(ses: SESv2Client, from: string, log: Log): Mailer {
  return {
    send: async (mail) => {
      try {
        const { MessageId } = await ses.send(new SendEmailCommand(inputOf(mail, from)))
        log.info({ mailId: MessageId }, 'mail_sent')
        return 'sent'
      } catch (error) {
        const code = error instanceof Error ? error.name : 'unknown'
        if (!permanent.has(code)) throw new Transient(`Mail cannot be sent at the moment (${code}).`, { cause: error })
        // The message of SES may quote the address.
        log.warn({ code }, 'mail_undeliverable')
        return 'undeliverable'
      }
    },
  }
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' })

const inputOf = ({ to, replyTo, subject, text, html }: Mail, from: string) => ({
  FromEmailAddress: from,
  Destination: { ToAddresses: [to] },
  ReplyToAddresses: [replyTo],
  Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
})
