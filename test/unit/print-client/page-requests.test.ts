import { expect, test } from 'vitest'
import { createRequests } from '../../../services/print-client/page/browser/requests.ts'

type Asked = { readonly path: string; readonly known: string | null; readonly answer: (etag: string) => void }

/** A page whose questions are answered when the test says so, in whatever order. */
function pageOf() {
  const asked: Asked[] = []
  const requests = createRequests((path, init) => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    const known = new Headers(init?.headers).get('if-none-match')
    const answer = (etag: string): void =>
      resolve(
        known === etag
          ? new Response(undefined, { status: 304 })
          : Response.json({ at: etag, jobs: [], health: {} }, { headers: { etag } }),
      )
    asked.push({ path: String(path), known, answer })
    return promise
  })
  const seen: string[] = []
  const look = async (): Promise<void> => {
    const answer = await requests.overview()
    seen.push(answer.kind === 'overview' ? answer.overview.at : answer.kind)
  }
  return { requests, asked, seen, look }
}

test('what was asked for first and comes last does not show the old state again', async () => {
  const { asked, seen, look } = pageOf()
  const looks = [look(), look()]
  asked[1]?.answer('new')
  await looks[1]
  asked[0]?.answer('old')
  await looks[0]
  expect(seen).toEqual(['new', 'same'])
  const third = look()
  expect(asked[2]?.known).toBe('new')
  asked[2]?.answer('newer')
  await third
  expect(seen.at(-1)).toBe('newer')
})

test('what comes while something is done, or was asked for before its end, waits for the look after it', async () => {
  const { requests, asked, seen, look } = pageOf()
  const before = look()
  const doing = requests.act('job_1', 'accept', { action_id: 'a' })
  const meanwhile = look()
  asked[2]?.answer('half-way')
  await meanwhile
  asked[1]?.answer('done')
  expect((await doing).kind).toBe('done')
  asked[0]?.answer('before')
  await before
  expect(seen).toEqual(['same', 'same'])
  const after = look()
  expect(asked[3]?.known).toBe(null)
  asked[3]?.answer('half-way')
  await after
  expect(seen.at(-1)).toBe('half-way')
})
