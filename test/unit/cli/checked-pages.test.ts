import { expect, test } from 'vitest'
import { checkedPages } from '../../../services/cli/checked-pages.ts'
import { wantedPublication } from '../../../services/cli/wanted-publication.ts'
import { createClient } from '../../../services/order-client/index.ts'

/** A context whose API answers these, one after the other. */
function contextOf(...answers: readonly object[]) {
  const left = [...answers]
  const fetch = async () => new Response(JSON.stringify(left.shift()), { status: 200 })
  const client = createClient({ baseUrl: 'http://api.example', apiKey: 'sk_test_x', fetch })
  const nothing = { text: () => undefined, all: () => [], has: () => false, words: [] }
  const terminal = { out: () => {}, fault: () => {}, progress: () => {}, hasColour: false, isInteractive: false }
  return {
    ...{ given: nothing, terminal, isJson: false, profilesPath: '', signal: new AbortController().signal },
    connection: () => Promise.reject(new Error('not asked')),
    cdnUrl: () => Promise.reject(new Error('not asked')),
    client: async () => client,
  }
}
const files = { interior: 'fil_x' }
const running = { id: 'pfl_x', status: 'running', findings: [] }

test('the pages of a document are counted before it is ordered, however long that takes', async () => {
  const context = contextOf(running, running, { ...running, status: 'completed', outcome: 'ready', pages: 120 })
  expect(await checkedPages(context, 'softcover-a5', files)).toBe(120)
})

test('a document that cannot be printed is not ordered: the gravest faults are said, and nothing commands the terminal', async () => {
  const fault = {
    code: 'EMPTY_DOCUMENT',
    severity: 'reject',
    found: 'a PDF\u001b[2J without pages',
    action: 'Export it again.',
  }
  const findings = [{ ...fault, severity: 'warn', code: 'RGB' }, fault]
  const context = contextOf(running, { ...running, status: 'completed', outcome: 'rejected', findings })
  await expect(checkedPages(context, 'softcover-a5', files)).rejects.toMatchObject({
    exitCode: 2,
    lines: [
      'The files cannot be printed: 1 fault. Nothing was sent.',
      'EMPTY_DOCUMENT: a PDF [2J without pages. Export it again.',
      expect.stringContaining('npx printcloud preflight'),
    ],
  })
})

test('a document that is offered without a word about its pages is priced by those that it has, a picture by none', async () => {
  const words: Readonly<Record<string, string>> = {
    ...{ title: 'Harbour Lights', currency: 'EUR', sku: 'magazine-a4', url: 'https://example.com/a.pdf' },
  }
  const given = {
    ...{ text: (name: string) => words[name], has: (name: string) => name in words, words: [] },
    all: (name: string) => [words[name] ?? []].flat(),
  }
  const magazine = { sku: 'magazine-a4', file_sets: [['interior']] }
  const counted = { ...running, status: 'completed', outcome: 'ready', pages: 48 }
  const offered = await wantedPublication({ ...contextOf(magazine, running, counted), given })
  expect(offered.content).toEqual({ kind: 'url', url: 'https://example.com/a.pdf', pages: 48 })
  const poster = await wantedPublication({ ...contextOf({ sku: 'poster-a3', file_sets: [['image']] }), given })
  expect(poster.content).toEqual({ kind: 'url', url: 'https://example.com/a.pdf' })
})
