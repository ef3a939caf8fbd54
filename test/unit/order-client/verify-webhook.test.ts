import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { verifyWebhook } from '../../../services/order-client/index.ts'

const secretOf = (): string => `whsec_${randomBytes(24).toString('base64')}`
const body = JSON.stringify({
  type: 'order.shipped',
  timestamp: '2026-11-21T17:00:00.000Z',
  data: { sequence: 7, title: 'Ärger 🖨' },
})

function sent(secret: string, at = new Date(), text = body) {
  return {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, text),
  }
}

test('what the package standardwebhooks signs is genuine, as text, as bytes, and with any kind of headers', async () => {
  const secret = secretOf()
  const headers = sent(secret)
  const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]))
  for (const each of [headers, new Headers(headers), upper]) {
    expect(await verifyWebhook(each, body, secret)).toEqual(JSON.parse(body))
    expect(await verifyWebhook(each, new TextEncoder().encode(body), secret)).toEqual(JSON.parse(body))
  }
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
})

test('while a secret is rotated nothing is lost: both sides may have one more', async () => {
  const [old, young] = [secretOf(), secretOf()]
  await expect(verifyWebhook(sent(old), body, [young, old])).resolves.toBeDefined()
  const at = new Date()
  const both = `${sent(old, at)['webhook-signature']} v2,AAAA ${sent(young, at)['webhook-signature']}`
  await expect(verifyWebhook({ ...sent(old, at), 'webhook-signature': both }, body, young)).resolves.toBeDefined()
})

test.each([
  ['another secret', (headers: object) => ({ headers, secret: secretOf() })],
  ['a changed body', (headers: object) => ({ headers, text: body.replace('7', '8') })],
  ['another id', (headers: object) => ({ headers: { ...headers, 'webhook-id': 'evt_2' } })],
  ['no signature', (headers: object) => ({ headers: { ...headers, 'webhook-signature': '' } })],
  [
    'a signature of another version',
    (headers: object) => ({ headers: { ...headers, 'webhook-signature': 'v2,AAAA' } }),
  ],
  ['no base64', (headers: object) => ({ headers: { ...headers, 'webhook-signature': 'v1,***' } })],
  ['no time', (headers: object) => ({ headers: { ...headers, 'webhook-timestamp': '1e9' } })],
])('%s is not genuine', async (_name, change) => {
  const secret = secretOf()
  const changed: { headers: object; secret?: string; text?: string } = change(sent(secret))
  const headers = Object.fromEntries(Object.entries(changed.headers))
  await expect(verifyWebhook(headers, changed.text ?? body, changed.secret ?? secret)).rejects.toMatchObject({
    code: 'webhook_not_genuine',
  })
})

test('an old message is not taken again, nor one from the future; the tolerance is yours to choose', async () => {
  const secret = secretOf()
  for (const awaySeconds of [-301, 301]) {
    const headers = sent(secret, new Date(Date.now() + awaySeconds * 1000))
    await expect(verifyWebhook(headers, body, secret)).rejects.toThrow('300 seconds')
    await expect(verifyWebhook(headers, body, secret, { toleranceSeconds: 400 })).resolves.toBeDefined()
  }
})
