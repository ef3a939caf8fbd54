import { describe, expect, test } from 'vitest'
import { differencesOfWords } from '#look/words.ts'
import type { DeskJob } from '../../../services/print-client/desk/desk-job.ts'
import { holdCauses } from '../../../services/print-client/hand-over/next-step.ts'
import { usKey } from '../../../services/print-client/page/browser/scan/us-keys.ts'
import { afterKey, codeIn, noBurst } from '../../../services/print-client/page/browser/scan/wedge.ts'
import { readCode } from '../../../services/print-client/page/model/codes.ts'
import { waitReasonOf } from '../../../services/print-client/page/model/held-reason.ts'
import {
  emptyStation,
  isComplete,
  type Station,
  scanned,
} from '../../../services/print-client/page/model/pack-station.ts'
import { queueList } from '../../../services/print-client/page/model/queue-list.ts'
import type { JobView } from '../../../services/print-client/page/model/view.ts'
import { viewOf } from '../../../services/print-client/page/model/view-job.ts'
import { guardFault } from '../../../services/print-client/page/server/guard.ts'
import { languageFor, localeFor, wordsByLanguage } from '../../../services/print-client/page/words/words-of.ts'

const [a, b] = ['job_01k9x0000000000000000000aa', 'job_01k9x0000000000000000000bb']
const now = new Date('2026-11-22T12:00:00Z')

const desk: DeskJob = {
  ...{
    jobId: a,
    orderId: 'ord_1',
    itemId: 'itm_1',
    state: 'in_the_shop',
    actions: ['report', 'reject'],
    output: 'main',
  },
  ...{ changedAt: '2026-11-22T10:00:00Z', untold: 0, parcels: [] },
}
const part = (jobId: string, component: string) => ({
  ...{ component, barcode: `${jobId}-${component}`, pages: 2, widthMm: 150, heightMm: 216 },
})
const jobOf = (jobId: string, more: Partial<JobView> = {}): JobView => ({
  ...viewOf({ ...desk, jobId }, undefined, now),
  parts: [part(jobId, 'interior'), part(jobId, 'cover')],
  ...more,
})

describe('the packing table', () => {
  const jobs = new Map([a, b].map((id) => [id, jobOf(id)]))
  const scans = (...codes: readonly string[]): Station =>
    codes.reduce((station, code) => scanned(station, code, (id) => jobs.get(id)), emptyStation)

  test('matches book, cover and address of one job, in any order, and nothing less', () => {
    const job = jobOf(a)
    expect(isComplete(scans(a, `${a}-interior`, `${a}-cover`, `${a}-label`), job)).toBe(true)
    expect(isComplete(scans(`${a}-label`, `${a}-cover`, `${a}-interior`), job)).toBe(true)
    // The job's own code is on its sheet, which may lie on any parcel.
    expect(scans(`${a}-interior`, `${a}-cover`, a).note).toBe('no_part')
    for (const codes of [
      [a],
      [`${a}-interior`, `${a}-cover`],
      [`${a}-interior`, `${a}-cover`, a],
      [`${a}-label`, `${a}-label`, `${a}-cover`],
    ])
      expect(isComplete(scans(...codes), job), codes.join()).toBe(false)
  })

  test('stops at a part of another job, known or not, and hears nothing more until somebody has seen it', () => {
    const other = scans(`${a}-interior`, `${b}-cover`)
    expect(other.stop).toEqual({ why: 'other_job', part: 'cover', expected: a, found: b })
    expect(scanned(other, `${a}-cover`, (id) => jobs.get(id))).toBe(other)
    expect(scans(`${a}-interior`, 'job_01k9x0000000000000000000zz').stop?.why).toBe('other_job')
    expect(scans(`${a}-interior`, `${a}-sheet`).stop?.why).toBe('no_such_part')
  })

  test('stops at a job that is not to be packed, and only notes what is no code of ours', () => {
    for (const stage of ['held', 'failed', 'cancelled', 'shipped', 'offered'] as const)
      expect(scanned(emptyStation, `${a}-cover`, () => jobOf(a, { stage })).stop?.why, stage).toBe('not_to_pack')
    expect(scans('9783161484100')).toEqual({ seen: [], note: 'no_code' })
    expect(scans(`${a}-cover`, '3SABC123').note).toBe('no_code')
  })
})

test('a scanner is understood on a German keyboard, in capitals, and told from somebody who types', () => {
  const typed = (keys: readonly (readonly [string, string, boolean])[], everyMs: number) =>
    keys.reduce(
      (burst, [key, code, shift], place) => afterKey(burst, key, usKey(code, shift), place * everyMs),
      noBurst,
    )
  // The scanner presses the keys of a US keyboard: the machine reads z for y, ? for _ and ß for -.
  const keys = [...'job_01k9y0000000000000000000za-cover'].map((sign) => {
    const code = /[a-z]/.test(sign) ? `Key${sign.toUpperCase()}` : /\d/.test(sign) ? `Digit${sign}` : 'Minus'
    const read = { y: 'z', z: 'y', _: '?', '-': 'ß' }[sign] ?? sign
    return [read, code, sign === '_'] as const
  })
  expect(codeIn(typed(keys, 8))).toBe('job_01k9y0000000000000000000za-cover')
  expect(codeIn(typed(keys, 200))).toBeUndefined()
  expect(readCode(` ${a.toUpperCase()}-COVER\n`)).toEqual({ jobId: a, part: 'cover' })
  for (const text of ['', 'job_', `${a}x`, `${a}-`, `${a}-<b>`, `x${a}`, a.replace('0', 'u')])
    expect(readCode(text)).toBeUndefined()
})

test('a job stays where the shop said that it is when it comes late, and is shipped when its last copy has left', () => {
  const facts = { furthest: 'printed', isCancelAsked: false } as const
  const parcel = { carrier: 'PostNL', number: '1', quantity: 2 }
  const stageOf = (more: Partial<DeskJob>, furthest: 'printed' | 'shipped' = 'printed') =>
    viewOf({ ...desk, ...more }, { ...facts, furthest }, now).stage
  const summary = {
    ...{ sku: 's', product: 'Book', quantity: 3, country: 'NL', shippingMethod: 'standard', isTest: false },
    ...{ issuedAt: '2026-11-22T09:00:00Z', components: [] },
  }
  expect(stageOf({ said: 'delayed' })).toBe('printed')
  expect(stageOf({ said: 'shipped', summary, parcels: [parcel] }, 'shipped')).toBe('packed')
  expect(
    stageOf({ said: 'shipped', summary, parcels: [parcel, { ...parcel, number: '2', quantity: 1 }] }, 'shipped'),
  ).toBe('shipped')
  expect(stageOf({ state: 'over', said: 'cancelled' })).toBe('cancelled')
  expect(stageOf({ state: 'over', said: 'lost', parcels: [parcel] })).toBe('failed')
})

test('the queue shows what needs a person first, then what is late, then what is due', () => {
  const jobs = [
    jobOf(`${a.slice(0, -1)}1`),
    jobOf(`${a.slice(0, -1)}2`, { dueAt: '2026-11-24T12:00:00Z' }),
    jobOf(`${a.slice(0, -1)}3`, { dueAt: '2026-11-23T12:00:00Z' }),
    jobOf(`${a.slice(0, -1)}4`, { dueAt: '2026-11-20T12:00:00Z', isLate: true }),
    jobOf(`${a.slice(0, -1)}5`, { stage: 'held', mayDecide: true }),
    jobOf(`${a.slice(0, -1)}6`, { stage: 'shipped' }),
  ]
  expect(queueList(jobs, 'open').map(({ jobId }) => jobId.at(-1))).toEqual(['5', '4', '3', '2', '1'])
  expect(queueList(jobs, 'over').map(({ jobId }) => jobId.at(-1))).toEqual(['6'])
})

describe('the page answers the browser of this machine alone', () => {
  const host = '127.0.0.1:4480'
  const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  const fault = (method: string, headers: Record<string, string>, path = '/api/overview') =>
    guardFault({ method, path, headers }, 4480)

  test('its own requests, and a link that opens it', () => {
    expect(fault('GET', { host })).toBeUndefined()
    expect(fault('GET', { host: 'localhost:4480', 'sec-fetch-site': 'none' })).toBeUndefined()
    expect(fault('POST', own)).toBeUndefined()
    const link = { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect(fault('GET', link, '/')).toBeUndefined()
    expect(fault('GET', { ...link, 'sec-fetch-dest': 'iframe' }, '/')).toBe('cross_site')
    expect(fault('GET', link)).toBe('cross_site')
  })

  test.each<readonly [string, string, Record<string, string>]>([
    ['a name that was pointed here', 'GET', { host: 'printer.evil.example:4480' }],
    ['no name at all', 'GET', {}],
    ['another port', 'GET', { host: '127.0.0.1:80' }],
    ['a name that only begins like it', 'GET', { host: '127.0.0.1.evil.example:4480' }],
    ['a site that reads', 'GET', { host, origin: 'https://evil.example' }],
    ['a site that posts', 'POST', { ...own, origin: 'https://evil.example' }],
    ['a frame without an origin', 'POST', { ...own, origin: 'null' }],
    ['a post of nobody', 'POST', { host, 'content-type': 'application/json' }],
    ['another port of this machine', 'POST', { ...own, origin: 'http://127.0.0.1:9000' }],
    ['a form', 'POST', { ...own, 'content-type': 'text/plain' }],
    ['a post that the browser knows to be foreign', 'POST', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['another method', 'DELETE', own],
    ['a question before a post', 'OPTIONS', own],
  ])('not %s', (_, method, headers) => {
    expect(fault(method, headers)).toBeDefined()
  })
})

test('every language has the same words with the same places', () => {
  for (const words of Object.values(wordsByLanguage)) expect(differencesOfWords(wordsByLanguage.en, words)).toEqual([])
  expect(languageFor(undefined, 'fr-FR,de-AT;q=0.8,en;q=0.5')).toBe('de')
  expect(languageFor('nl', 'de')).toBe('nl')
  expect(languageFor('toString', undefined)).toBe('en')
  expect(localeFor('de', 'fr,de-AT;q=0.8')).toBe('de-AT')
})

test('a person is told in plain words why a job waits, whatever held it', () => {
  const reasons = Object.values(holdCauses).map(waitReasonOf)
  expect(reasons).toEqual(['power_lost', 'folder_gone', 'journal_lost', 'journal_damaged', 'unsure'])
  expect(waitReasonOf('possibly_printed: the command was started, and nobody knows how it ended')).toBe(
    'printer_unsure',
  )
  expect(waitReasonOf('FilesCorrupt')).toBe('files_corrupt')
  for (const words of Object.values(wordsByLanguage)) expect(words.why_other).toContain('{cause}')
})
