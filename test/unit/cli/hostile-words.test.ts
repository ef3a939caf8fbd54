import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { profilesPath } from '../../../services/cli/profiles.ts'
import { painter } from '../../../services/cli/text/paint.ts'
import { withoutCommands } from '../../../services/cli/text/plain.ts'
import { inProcess } from '../../loopback/cli-api/in-process.ts'
import { listening } from '../../loopback/listening.ts'

let close = async (): Promise<void> => undefined
afterEach(() => close())

/** What a server may want a terminal to do: another title, an empty screen, a line above. */
const hostile = 'a\u001b]0;owned\u0007\u001b[2J\u009b1A'

async function hostileApi(): Promise<Readonly<Record<string, string>>> {
  const event = { id: 'e', sequence: 1, type: hostile, at: '2026-11-21T12:00:00Z', order_id: hostile, data: {} }
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url?.startsWith('/v1/events')) {
      response.end(JSON.stringify({ data: [event], next: 1, has_more: false }))
      return
    }
    const errors = [{ pointer: hostile, detail: hostile }]
    response.writeHead(422).end(JSON.stringify({ code: hostile, title: hostile, request_id: hostile, errors }))
  })
  const site = await listening(server)
  close = site.close
  return { PRINTCLOUD_API_URL: site.url, PRINTCLOUD_API_KEY: `sk_test_${'a'.repeat(36)}` }
}

test.each([
  ['show', 'ord_1'],
  ['events', '--after', '0'],
  ['webhooks', 'list'],
])('a terminal obeys nothing that an answer to "%s" says', async (...words) => {
  const { out, told } = await inProcess(words, await hostileApi())
  expect(out + told).toContain('owned')
  expect(out + told).not.toMatch(/[^\P{Cc}\n]/u)
})

test('colours and line ends of ours stay', () => {
  const text = `${painter(true).reject('✗ cancelled')}\n\tnext`
  expect(withoutCommands(text)).toBe(text)
})

test('keys are never kept in the folder where the command happens to run', () => {
  for (const folders of [{ home: '' }, { home: 'x' }, { home: '', XDG_CONFIG_HOME: 'settings' }]) {
    expect(() => profilesPath({ ...folders, platform: 'linux' })).toThrow('HOME')
  }
  expect(() => profilesPath({ home: '', platform: 'win32', APPDATA: 'roaming' })).toThrow('HOME')
})
