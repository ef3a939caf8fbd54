import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { WebhookMessage } from '#contracts/order-api/webhook.ts'
import { issuesOf } from '#contracts/parse.ts'
import { messageOf } from '../../../../services/order-api/webhooks/message.ts'
import { makeWebhookSecret, signedHeaders } from '../../../../services/order-api/webhooks/signature.ts'

describe('the signature of a webhook', () => {
  test('is the one that the Standard Webhooks package makes, for every id and body', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), (id, body) => {
        const secret = makeWebhookSecret()
        const now = new Date()
        const text = body.toWellFormed()
        const { 'webhook-signature': made } = signedHeaders(id, text, [secret], now)
        expect(made).toBe(new Webhook(secret).sign(id, now, text))
      }),
    )
  })

  test('is verified with each of the secrets that signed, and with no other', () => {
    const secrets = [makeWebhookSecret(), makeWebhookSecret()]
    const headers = { ...signedHeaders('evt_1', '{"type":"a"}', secrets, new Date()) }
    for (const secret of secrets) expect(new Webhook(secret).verify('{"type":"a"}', headers)).toEqual({ type: 'a' })
    expect(() => new Webhook(makeWebhookSecret()).verify('{"type":"a"}', headers)).toThrow('No matching signature')
    expect(() => new Webhook(secrets[0] ?? '').verify('{"type":"b"}', headers)).toThrow('No matching signature')
  })

  test('is of a secret of 256 bits that is never the same', () => {
    const made = Array.from({ length: 100 }, makeWebhookSecret)
    expect(new Set(made).size).toBe(100)
    for (const secret of made) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  })
})

test('the body of a webhook is as its contract says and the same bytes every time', () => {
  const id = (prefix: string) => `${prefix}_01k9zzzzzzzzzzzzzzzzzzzzzz`
  const event = {
    ...{ id: id('evt'), sequence: 7, type: 'item.queued', at: '2026-11-21T12:00:00.000Z', accountId: id('acc') },
    ...{ isTest: false, orderId: id('ord'), ids: { job_id: id('job'), item_id: id('itm'), account_id: 'another' } },
  }
  const body = messageOf(event)
  expect(issuesOf(WebhookMessage, JSON.parse(body))).toEqual([])
  expect(JSON.parse(body)).toMatchObject({ data: { account_id: id('acc'), item_id: id('itm'), order_id: id('ord') } })
  const reversed = { ...event, ids: Object.fromEntries(Object.entries(event.ids).toReversed()) }
  expect(messageOf(reversed)).toBe(body)
})
