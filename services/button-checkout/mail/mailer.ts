/** A mail as it goes to one person. Subject and addresses are one line each. */
export type Mail = {
  readonly to: string
  readonly replyTo: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/**
 * Sends mails. `undeliverable`: this address will never be taken. `rejected`: not as things stand, which may be our own fault. Throws Transient
 * when it may work in a moment.
 */
export type Mailer = { readonly send: (mail: Mail) => Promise<MailOutcome> }
export type MailOutcome = 'sent' | 'undeliverable' | 'rejected'
