import { expect, test } from 'vitest'
import { checkedPages } from '../../../services/cli/checked-pages.ts'
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
      'The files cannot be printed: 1 fault. Nothing was ordered.',
      'EMPTY_DOCUMENT: a PDF [2J without pages. Export it again.',
      expect.stringContaining('npx printcloud preflight'),
    ],
  })
})
