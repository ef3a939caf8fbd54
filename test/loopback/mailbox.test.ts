import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SESv2Client, SESv2ServiceException, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2'
import { afterAll, describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { startMailbox } from '../../local/cloud/mailbox/start.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'mailbox-'))
const options = { port: 0, dataDir, log: createLog('mailbox', 'silent') }
const mailbox = await startMailbox(options)
const ses = new SESv2Client({
  endpoint: mailbox.url,
  region: 'eu-central-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'k', secretAccessKey: 's' },
})
afterAll(async () => {
  ses.destroy()
  await mailbox.close()
  await rm(dataDir, { recursive: true, force: true })
})

const plain: SendEmailCommandInput = {
  FromEmailAddress: 'Printcloud <orders@example.com>',
  Destination: { ToAddresses: ['Ada <ada@example.com>'] },
  Content: { Simple: { Subject: { Data: 'Shipped' }, Body: { Text: { Data: 'On its way' } } } },
}
const send = async (change: Partial<SendEmailCommandInput> = {}) => {
  const { MessageId = '' } = await ses.send(new SendEmailCommand({ ...plain, ...change }))
  return MessageId
}
const json = async (query = ''): Promise<Record<string, unknown>[]> => {
  const list: unknown = await (await fetch(`${mailbox.url}/messages.json${query}`)).json()
  return Array.isArray(list) ? list : []
}
const newest = async () => (await json('?limit=1'))[0]
const page = async (path: string) => {
  const response = await fetch(mailbox.url + path)
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy') ?? '',
    html: await response.text(),
  }
}

test('an empty mailbox says how a mail gets there', async () => {
  expect((await page('/')).html).toContain('the checkout confirms it by mail')
})

describe('a message', () => {
  test('sent as subject and bodies arrives with everything that was said', async () => {
    const id = await send({
      Destination: {
        ToAddresses: ['Ada <ada@example.com>'],
        CcAddresses: ['bob@example.com'],
        BccAddresses: ['c@example.com'],
      },
      ReplyToAddresses: ['help@example.com'],
      Content: {
        Simple: { Subject: { Data: 'Grüße 𝄞' }, Body: { Text: { Data: 'Hallo' }, Html: { Data: '<b>Hallo</b>' } } },
      },
    })
    expect(await newest()).toEqual({
      id,
      receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      from: 'Printcloud <orders@example.com>',
      to: ['Ada <ada@example.com>'],
      cc: ['bob@example.com'],
      bcc: ['c@example.com'],
      replyTo: ['help@example.com'],
      subject: 'Grüße 𝄞',
      text: 'Hallo',
      html: '<b>Hallo</b>',
      attachments: [],
    })
  })

  test('sent as MIME is read: encoded words, parts, charsets, attachments', async () => {
    const mime = [
      'From: =?utf-8?q?Druck_K=C3=B6ln?= <print@example.com>',
      'To: ada@example.com, "Bob, B." <bob@example.com>',
      'Subject: =?utf-8?B?R3LDvMOfZQ==?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="outer"',
      '',
      '--outer',
      'Content-Type: multipart/alternative; boundary="inner"',
      '',
      '--inner',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Sch=F6n',
      '--inner',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('<p>Schön</p>').toString('base64'),
      '--inner--',
      '--outer',
      'Content-Type: application/pdf; name="proof.pdf"',
      'Content-Disposition: attachment; filename="proof.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('%PDF').toString('base64'),
      '--outer--',
      '',
    ].join('\r\n')
    const Data = Buffer.from(mime, 'latin1')
    await ses.send(new SendEmailCommand({ Content: { Raw: { Data } } }))
    expect(await newest()).toMatchObject({
      from: 'Druck Köln <print@example.com>',
      to: ['ada@example.com', 'Bob, B. <bob@example.com>'],
      subject: 'Grüße',
      text: expect.stringContaining('Schön'),
      html: expect.stringContaining('<p>Schön</p>'),
      attachments: [
        {
          fileName: 'proof.pdf',
          contentType: 'application/pdf',
          contentBase64: Buffer.from('%PDF').toString('base64'),
        },
      ],
      rawBase64: Data.toString('base64'),
    })
  })

  test('may go, as MIME, to others than its headers say', async () => {
    const Data = Buffer.from('From: a@example.com\r\nTo: b@example.com\r\nSubject: s\r\n\r\nbody')
    await send({
      FromEmailAddress: undefined,
      Destination: { ToAddresses: ['other@example.com'] },
      Content: { Raw: { Data } },
    })
    expect(await newest()).toMatchObject({ from: 'a@example.com', to: ['other@example.com'] })
  })

  test('is still there after a restart, one file each', async () => {
    const id = await send()
    const second = await startMailbox(options)
    try {
      expect((await fetch(`${second.url}/messages/${id}`)).status).toBe(200)
    } finally {
      await second.close()
    }
    expect(await readdir(dataDir)).toContain(`${id}.json`)
  })
})

describe('what SES would refuse', () => {
  const simple = (Simple: object) => ({
    Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } }, ...Simple } },
  })
  test.each<[string, Partial<SendEmailCommandInput>]>([
    ['no recipient', { Destination: {} }],
    ['an address without a domain', { Destination: { ToAddresses: ['ada'] } }],
    ['an address with a line end', { Destination: { ToAddresses: ['ada@example.com\r\nBcc: x@example.com'] } }],
    ['no sender', { FromEmailAddress: undefined }],
    [
      'more than 50 recipients',
      { Destination: { ToAddresses: Array.from({ length: 51 }, (_, i) => `a${i}@example.com`) } },
    ],
    [
      '50 in To and one more in Cc',
      {
        Destination: {
          ToAddresses: Array.from({ length: 50 }, (_, i) => `a${i}@example.com`),
          CcAddresses: ['b@example.com'],
        },
      },
    ],
    ['no body', simple({ Body: {} })],
    ['a line end in the subject', simple({ Subject: { Data: 'a\r\nBcc: x@example.com' } })],
    ['no content', { Content: {} }],
    ['a template, which this stand-in does not know', { Content: { Template: { TemplateName: 't' } } }],
    ['MIME without headers', { Content: { Raw: { Data: Buffer.from('\r\n') } } }],
  ])('is a BadRequestException: %s', async (_, change) => {
    const before = (await json()).length
    const error: unknown = await send(change).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SESv2ServiceException)
    expect(error).toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(/\w/),
      $metadata: { httpStatusCode: 400 },
    })
    expect((await json()).length).toBe(before)
  })

  test('is refused in the same form when it is no JSON, and from a web page before it is read', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${mailbox.url}/v2/email/outbound-emails`, { method: 'POST', headers, body: '{' })
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const response = await post({ 'content-type': type })
      expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'BadRequestException'])
    }
  })
})

describe('the page', () => {
  test('lists the newest first and leads to older mail', async () => {
    for (let i = 0; i < 101; i++) await send(subject(`number ${i}`))
    const first = (await page('/')).html
    expect(first.indexOf('number 100')).toBeLessThan(first.indexOf('number 99'))
    expect(first).not.toContain('>number 0<')
    const older = /href="(\/\?before=[^"]+)"/.exec(first)?.[1] ?? ''
    expect((await page(older)).html).toContain('>number 0<')
  })

  test('shows hostile text as text', async () => {
    const evil = `<script>alert(1)</script>"'&`
    const id = await send({ ...subject(evil), FromEmailAddress: `"' onload=1 & <a@example.com>` })
    for (const path of ['/', `/messages/${id}`]) {
      const { html, policy } = await page(path)
      expect(html).not.toContain('<script')
      expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;')
      expect(html).not.toContain('"\' onload')
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('script-src')
      expect(policy).not.toContain('unsafe')
    }
  })

  test('shows HTML in a frame where nothing runs and nothing is fetched, and its links beside it', async () => {
    const Data =
      '<script>alert(1)</script><img src="https://spy.example/x"><a href="https://shop.example/o?a=1&amp;b=2">order</a>'
    const id = await send({ Content: { Simple: { Subject: { Data: 's' }, Body: { Html: { Data } } } } })
    const { html } = await page(`/messages/${id}`)
    expect(html).toContain(`<iframe sandbox src="/messages/${id}/html"`)
    expect(html).not.toContain('<script')
    expect(html).toContain('<a href="https://shop.example/o?a=1&#38;b=2" rel="noreferrer">')
    const framed = await page(`/messages/${id}/html`)
    expect(framed.html).toBe(Data)
    expect(framed.policy).toMatch(/^sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:/)
  })

  test('makes links of the web addresses in a text, and of nothing else', async () => {
    const Data = 'Track it: https://track.example/1?a=b&c=d\njavascript:alert(1)'
    const id = await send({ Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data } } } } })
    const { html } = await page(`/messages/${id}`)
    expect(html).toContain('<a href="https://track.example/1?a=b&#38;c=d" rel="noreferrer">')
    expect(html).not.toContain('href="javascript')
  })

  test('of a message that is not there is 404, whatever the id', async () => {
    for (const id of ['nothing', '..%2f..%2fetc%2fpasswd', '000000000000-00000000-0000-0000-0000-000000000000']) {
      expect((await page(`/messages/${id}`)).status).toBe(404)
      expect((await page(`/messages/${id}/html`)).status).toBe(404)
    }
  })
})

function subject(Data: string): Partial<SendEmailCommandInput> {
  return { Content: { Simple: { Subject: { Data }, Body: { Text: { Data: 't' } } } } }
}
