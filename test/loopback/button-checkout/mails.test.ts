import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { differencesOfWords } from '#look/words.ts'
import { type Message, parseMessage } from '../../../local/cloud/mailbox/message.ts'
import { startMailbox } from '../../../local/cloud/mailbox/start.ts'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { mailsDue } from '../../../services/button-checkout/checkouts/mails-due.ts'
import { type MailContext, sendDueMails } from '../../../services/button-checkout/mail/send-due-mails.ts'
import { createSesMailer } from '../../../services/button-checkout/mail/ses-mailer.ts'
import { mailWords } from '../../../services/button-checkout/mail/words/mail-words.ts'
import {
  checkoutId,
  frozen,
  orderedCheckout,
  paidAt,
  paidAttempt,
  paidCheckout,
  parcel,
  sale,
  seller,
} from '../../unit/button-checkout/bought-checkout.ts'
import { startTable } from './table-world.ts'

let world: Awaited<ReturnType<typeof startTable>>
let mailbox: Awaited<ReturnType<typeof startMailbox>>
let dataDir: string
let ses: SESv2Client
let now = new Date(paidAt)
const letters = '0123456789abcdefghjkmnpqrstvwxyz'
let count = 0

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mails-'))
  mailbox = await startMailbox({ port: 0, dataDir, log: createLog('mailbox', 'silent') })
  world = await startTable(() => now)
  const credentials = { accessKeyId: 'k', secretAccessKey: 's' }
  ses = new SESv2Client({ endpoint: mailbox.url, region: 'eu-central-1', maxAttempts: 1, credentials })
})
beforeEach(() => {
  now = new Date(paidAt)
})
afterAll(async () => {
  ses?.destroy()
  await mailbox?.close()
  await world?.close()
  await rm(dataDir, { recursive: true, force: true })
})

const context = (change: Partial<MailContext> = {}): MailContext => ({
  store: world.store,
  mailer: createSesMailer(ses, 'Printcloud <orders@example.com>', createLog('test', 'silent')),
  now: () => now,
  seller,
  orderUrlOf: (id) => `https://print.example/order/${id}.signature`,
  ...change,
})
async function saved(checkout: Checkout): Promise<Checkout> {
  count += 1
  const id = `${checkoutId.slice(0, -2)}${letters[count >> 5]}${letters[count & 31]}`
  const fresh = { ...checkout, id, version: 1 }
  await world.store.insert(fresh)
  return fresh
}
const stored = async ({ id }: Checkout): Promise<Checkout> => {
  const found = await world.store.find(id)
  if (!found) throw new Error('gone')
  return found
}
const update = async (checkout: Checkout, change: Partial<Checkout>) => {
  const before = await stored(checkout)
  await world.store.save({ ...before, ...change, version: before.version + 1 })
  return stored(checkout)
}
/** Mails about one checkout, oldest first; its id stands in the link. */
async function mailsOf({ id }: Checkout): Promise<readonly Message[]> {
  const list: unknown = await (await fetch(`${mailbox.url}/messages.json?limit=100`)).json()
  const all = Array.isArray(list) ? list.map((each) => parseMessage(JSON.stringify(each))) : []
  return all.filter(({ text }) => text?.includes(id)).reverse()
}
const subjectsOf = async (checkout: Checkout) => (await mailsOf(checkout)).map(({ subject }) => subject)

test('from paid to delivered a customer gets each mail once, in its language, with the link to the order', async () => {
  const checkout = await saved(paidCheckout({ language: 'de-AT' }))
  await sendDueMails(context(), checkout)
  await sendDueMails(context(), await stored(checkout))
  const first = parcel('aa')
  const partly = sale({ stage: 'partially_shipped', shipments: [first] })
  await sendDueMails(context(), await update(checkout, { state: 'ordered', sale: partly }))
  const all = sale({ stage: 'shipped', shipments: [first, parcel('ab'), parcel('ac')] })
  const last = await sendDueMails(context(), await update(checkout, { sale: all }))
  await sendDueMails(context(), last)
  const mails = await mailsOf(checkout)
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Ihre Bestellung: Harbour Lights, issue 12',
    'Unterwegs: Harbour Lights, issue 12',
    'Unterwegs: Harbour Lights, issue 12',
  ])
  expect(mails[0]).toMatchObject({ to: ['ada@example.com'], replyTo: ['orders@example.com'] })
  expect(mails[0]?.text).toMatch(/€\s30,03/)
  expect(mails[1]?.text).toContain('3STESTaa')
  expect(mails[2]?.text).not.toContain('3STESTaa')
  for (const number of ['3STESTab', '3STESTac']) expect(mails[2]?.text).toContain(number)
  for (const { text, html } of mails) {
    for (const part of [text, html]) expect(part).toContain(`https://print.example/order/${checkout.id}.signature`)
  }
})

test('two workers at once send one mail; the second one comes back later', async () => {
  const checkout = await saved(paidCheckout())
  const results = await Promise.allSettled([sendDueMails(context(), checkout), sendDueMails(context(), checkout)])
  expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
  expect(await subjectsOf(checkout)).toHaveLength(1)
})

test('a worker that dies before it sends holds the mail up for a minute, and then it goes out once', async () => {
  const checkout = await saved(paidCheckout())
  const never = new Promise<never>(() => undefined)
  void sendDueMails(context({ mailer: { send: () => never } }), checkout)
  await expect.poll(async () => (await stored(checkout)).mails.leasedUntil).toBeDefined()
  await expect(sendDueMails(context(), await stored(checkout))).rejects.toThrow('Another worker')
  now = new Date(now.getTime() + 61_000)
  await sendDueMails(context(), await stored(checkout))
  expect(await subjectsOf(checkout)).toHaveLength(1)
})

test('a mail service that is down is asked again; an address that it never takes is noted, and nothing more is sent', async () => {
  const down = new SESv2Client({
    endpoint: 'http://127.0.0.1:1',
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'k', secretAccessKey: 's' },
  })
  const checkout = await saved(paidCheckout())
  const mailer = createSesMailer(down, 'Printcloud <orders@example.com>', createLog('test', 'silent'))
  await expect(sendDueMails(context({ mailer }), checkout)).rejects.toThrow('Mail cannot be sent')
  down.destroy()
  await sendDueMails(context(), await stored(checkout))
  expect(await subjectsOf(checkout)).toHaveLength(1)

  const buyer = { ...frozen.buyer, email: '"a b"@example.com' }
  const bad = await saved(paidCheckout({ attempts: [{ ...paidAttempt, frozen: { ...frozen, buyer } }] }))
  const noted = await sendDueMails(context(), bad)
  expect([noted.mails.undeliverableAt, mailsDue(noted), await subjectsOf(bad)]).toEqual([paidAt, [], []])
})

test('what is cancelled or refused before anybody was told of it is told once, with the money that goes back', async () => {
  const refund = { key: 'k', amountMinor: 3003, cause: 'refused', askedAt: paidAt } as const
  const refusal = { code: 'not_found', detail: 'gone', at: paidAt }
  const refused = await saved(paidCheckout({ state: 'refused', refusal, refunds: [refund] }))
  await sendDueMails(context(), refused)
  expect(await subjectsOf(refused)).toEqual(['We are sorry: Harbour Lights, issue 12 cannot be made'])
  expect((await mailsOf(refused))[0]?.text).toContain('€30.03 go back to you')
  expect(mailsDue(orderedCheckout({ stage: 'cancelled', refunded: 0 })), 'before the money is known').toEqual([])
  const cancelled = await saved({ ...orderedCheckout({ stage: 'cancelled', refunded: 1000 }), language: 'nl' })
  await sendDueMails(context(), cancelled)
  expect(await subjectsOf(cancelled)).toEqual(['Geannuleerd: Harbour Lights, issue 12'])
  expect((await mailsOf(cancelled))[0]?.text).toMatch(/€\s10,00 terug/)
})

test.each([
  'Ada\r\nBcc: spy@example.com',
  '\u202egro.elpmaxe@yps\u202c',
  '😀'.repeat(100),
  '<script>alert(1)</script>',
  '王小明',
  '{title} $& $1',
  'عمر',
])('whoever is called %j, or sells a thing of that name, gets a mail that means no harm', async (name) => {
  const named = { ...frozen, title: name, buyer: { ...frozen.buyer, name } }
  const checkout = await saved(paidCheckout({ attempts: [{ ...paidAttempt, frozen: named }] }))
  await sendDueMails(context(), checkout)
  const [mail] = await mailsOf(checkout)
  expect(mail).toMatchObject({ to: ['ada@example.com'], cc: [], bcc: [] })
  expect(mail?.subject).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
  expect(mail?.html).not.toContain('<script')
  for (const part of [mail?.text, mail?.html]) expect(part).not.toContain('\u202e')
})

test('all languages of mails have the same words and places', () => {
  for (const words of Object.values(mailWords)) expect(differencesOfWords(mailWords.en, words)).toEqual([])
})
