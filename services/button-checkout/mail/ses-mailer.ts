import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { Mail, Mailer, MailOutcome } from './mailer.ts'

/** A wrong address; and what SES also says while a sender is not verified, or an account still in its sandbox. */
const outcomes: Readonly<Record<string, MailOutcome>> = {
  BadRequestException: 'undeliverable',
  MessageRejected: 'rejected',
}

/**
 * Mails through Amazon SES (v2). SES writes the headers and encodes them; a line end in one of them it refuses. Sent again after a lost answer
 * a mail may come twice. Throws at once for a sender that is none: every customer would seem to have a wrong address.
 */
export function createSesMailer(ses: SESv2Client, from: string, log: Log): Mailer {
  if (!sender.test(from)) throw new Error('MAIL_FROM must be such as Printcloud <orders@example.com>')
  return {
    send: async (mail) => {
      try {
        const { MessageId } = await ses.send(new SendEmailCommand(inputOf(mail, from)))
        log.info({ mailId: MessageId }, 'mail_sent')
        return 'sent'
      } catch (error) {
        const code = error instanceof Error ? error.name : 'unknown'
        const outcome = outcomes[code]
        if (outcome === undefined) throw new Transient(`Mail cannot be sent at the moment (${code}).`, { cause: error })
        // The message of SES may quote the address.
        log.warn({ code }, 'mail_not_taken')
        return outcome
      }
    },
  }
}

const sender = /^(?:[^<>\r\n]*<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' })

const inputOf = ({ to, replyTo, subject, text, html }: Mail, from: string) => ({
  FromEmailAddress: from,
  Destination: { ToAddresses: [to] },
  ReplyToAddresses: [replyTo],
  Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
})
