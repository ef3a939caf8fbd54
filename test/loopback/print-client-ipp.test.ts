import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Transient } from '#chassis/errors.ts'
import { JobRefused } from '../../services/print-client/outputs/job-refused.ts'
import { type OutputWorld, openOutputWorld } from './ipp/output-world.ts'
import { type Responder, startResponder } from './ipp/responder.ts'

/** By the responder in test/loopback/ipp, built on @sealsystems/ipp. */
let world: OutputWorld
let printer: Responder
beforeEach(async () => {
  world = openOutputWorld()
  printer = await startResponder({ now: world.clock.now })
})
afterEach(async () => {
  await printer.close()
  world.close()
})

const names = (): readonly string[] => printer.jobs.map(({ name }) => name)

test('a poster is one job under the job’s id, with copies, sides and the size of its sheet', async () => {
  const output = await world.open(printer.url)
  const job = world.stage('poster', 25)
  expect(await output.look(job.jobId, true)).toBe('has_not')
  await output.handOver(job)
  expect(await output.look(job.jobId, true)).toBe('has')
  expect(printer.jobs).toHaveLength(1)
  expect(printer.jobs[0]).toMatchObject({
    name: job.jobId,
    template: {
      copies: 25,
      sides: 'two-sided-long-edge',
      'media-col': { 'media-size': { 'x-dimension': 30_300, 'y-dimension': 42_600 } },
    },
  })
  expect(printer.jobs[0]?.document.toString()).toBe('%PDF-1.7 sheet\n')
})

test('a book is a job for each part, the cover printed on one side', async () => {
  const output = await world.open(printer.url)
  const job = world.stage('softcover_book')
  await output.handOver(job)
  expect(names()).toEqual([`${job.jobId}-interior`, `${job.jobId}-cover`])
  expect(printer.jobs.map(({ template }) => template.sides)).toEqual(['two-sided-long-edge', 'one-sided'])
})

test('a reply that is lost after the printer made the job prints it once', async () => {
  const job = world.stage('poster')
  printer.failNext('Print-Job', 'lose_reply')
  await expect((await world.open(printer.url)).handOver(job)).rejects.toThrow(Transient)
  const restarted = await world.open(printer.url)
  expect(await restarted.look(job.jobId, true)).toBe('has')
  expect(names()).toEqual([job.jobId])
})

test('a book of which the cover’s reply was lost is completed without a second block or cover', async () => {
  const job = world.stage('photo_book')
  const output = await world.open(printer.url)
  await output.handOver(world.stage('poster'))
  printer.failNext('Print-Job', 'lose_request')
  await expect(output.handOver(job)).rejects.toThrow(Transient)
  await expect(output.look(job.jobId, true)).rejects.toThrow('looked at again soon')
  world.later(61)
  expect(await output.look(job.jobId, true)).toBe('has_not')
  printer.failNext('Print-Job', undefined, 'lose_reply')
  await expect(output.handOver(job)).rejects.toThrow(Transient)
  expect(await output.look(job.jobId, true)).toBe('has')
  expect(names().slice(1)).toEqual([`${job.jobId}-interior`, `${job.jobId}-cover`])
})

test('where the printer’s memory does not reach back, the job is held and never printed by itself', async () => {
  const job = world.stage('poster')
  const output = await world.open(printer.url)
  await output.handOver(world.stage('poster'))
  printer.failNext('Print-Job', 'lose_reply')
  await expect(output.handOver(job)).rejects.toThrow(Transient)
  printer.restart(world.clock.now())
  world.later(3_600)
  expect(await output.look(job.jobId, true)).toBe('cannot_tell')
  await expect(output.handOver(job)).rejects.toThrow('Nobody knows yet')
  expect(output.doubt).toMatch(/^possibly_printed: /)
  await output.forget?.(job.jobId)
  expect(await output.look(job.jobId, true)).toBe('has_not')
  await output.handOver(job)
  expect(names()).toEqual([job.jobId])
})

test('a printer that forgets what is over, with nothing left to witness, leaves a doubt', async () => {
  const output = await world.open(printer.url)
  const first = world.stage('poster')
  await output.handOver(first)
  const job = world.stage('poster')
  printer.failNext('Print-Job', 'lose_reply')
  await expect(output.handOver(job)).rejects.toThrow(Transient)
  printer.set(first.jobId, 'completed')
  printer.set(job.jobId, 'completed')
  printer.forget()
  world.later(61)
  expect(await output.look(job.jobId, true)).toBe('cannot_tell')
})

test('a file that the printer did not get whole is sent again; what was released is not taken for what came before', async () => {
  const output = await world.open(printer.url)
  const job = world.stage('poster')
  printer.failNext('Print-Job', 'lose_reply')
  await expect(output.handOver(job)).rejects.toThrow(Transient)
  printer.set(job.jobId, 'aborted', 'submission-interrupted')
  expect(await output.look(job.jobId, true)).toBe('has_not')
  printer.failNext('Print-Job', 'lose_request')
  await expect(output.handOver(job)).rejects.toThrow(Transient)
  world.later(61)
  expect(await output.look(job.jobId, true)).toBe('has_not')
  await output.handOver(job)
  expect(names()).toEqual([job.jobId, job.jobId])
})

test('a job that an earlier life of this client sent is noticed', async () => {
  const job = world.stage('poster')
  await (await world.open(printer.url)).handOver(job)
  const other = openOutputWorld()
  expect(await (await other.open(printer.url)).look(job.jobId, true)).toBe('cannot_tell')
  other.close()
})

test('a busy printer, and one that is off, are asked again later and get the job once', async () => {
  const output = await world.open(printer.url)
  const job = world.stage('softcover_book')
  for (const fault of ['busy', 'http_503'] as const) {
    printer.failNext('Print-Job', fault)
    await expect(output.handOver(job)).rejects.toThrow(Transient)
    expect(await output.look(job.jobId, true)).toBe('has_not')
  }
  await output.handOver(job)
  expect(names()).toHaveLength(2)
  const { url } = printer
  await printer.close()
  const offline = await world.open(url)
  await expect(offline.handOver(world.stage('poster'))).rejects.toThrow('not to be reached')
  await expect(offline.requireRoom(0)).rejects.toThrow('not to be reached')
})

test('a printer that answers with garbage is named as such, and nothing is sent twice', async () => {
  const output = await world.open(printer.url)
  const job = world.stage('poster')
  for (const fault of ['garbage', 'html'] as const) {
    printer.failNext('Get-Printer-Attributes', fault)
    await expect(output.requireRoom(0)).rejects.toThrow("The printer's answer is no IPP")
  }
  printer.failNext('Print-Job', 'garbage')
  await expect(output.handOver(job)).rejects.toThrow("The printer's answer is no IPP")
  await expect(output.look(job.jobId, true)).rejects.toThrow('looked at again soon')
  expect(names()).toEqual([])
})

test('what a printer will never take fails with its words, and the part that it has is taken back', async () => {
  const output = await world.open(printer.url)
  printer.failNext('Print-Job', undefined, 'unsupported')
  const job = world.stage('softcover_book')
  await expect(output.handOver(job)).rejects.toThrow(JobRefused)
  expect(printer.jobs.map(({ state }) => state)).toEqual(['canceled'])
  printer.failNext('Print-Job', 'too_large')
  await expect(output.handOver(world.stage('poster'))).rejects.toThrow('did not take the job')
  await expect(output.handOver(world.stage('poster', 1_000))).rejects.toThrow('at most 999 copies')
  printer.facts['sides-supported'] = ['one-sided']
  await expect(output.handOver(world.stage('magazine'))).rejects.toThrow('does not print two-sided')
  printer.facts['document-format-supported'] = ['image/urf']
  await expect(output.handOver(world.stage('poster'))).rejects.toThrow('takes no PDF')
})

test('the states of the printer become the words of the shop', async () => {
  const output = await world.open(printer.url)
  const job = world.stage('softcover_book')
  await output.handOver(job)
  const [block = '', cover = ''] = names()
  const heard = async () => (await output.listen?.([job.jobId, 'job_unknown']))?.map(({ status }) => status)
  expect(await heard()).toEqual([])
  printer.set(block, 'processing')
  expect(await heard()).toEqual(['printing'])
  printer.set(block, 'completed')
  expect(await heard()).toEqual(['printing'])
  printer.set(cover, 'processing-stopped', 'media-jam')
  expect(await output.listen?.([job.jobId])).toEqual([
    { jobId: job.jobId, status: 'delayed', cause: `the printer has stopped: ${cover} (media-jam)` },
  ])
  printer.set(cover, 'completed')
  expect(await heard()).toEqual(['printed'])
  printer.set(cover, 'aborted')
  expect(await heard()).toEqual(['failed'])
  printer.set(cover, 'canceled')
  expect(await heard()).toEqual(['failed'])
  printer.set(block, 'canceled')
  expect(await heard()).toEqual(['cancelled'])
  printer.restart(world.clock.now())
  expect(await heard()).toEqual([])
})

test('a job is cancelled at the printer only while all of it waits', async () => {
  const output = await world.open(printer.url)
  const job = world.stage('softcover_book')
  const { orderId, itemId, facilityId, issuedAt: askedAt } = job.ticket
  const { jobId } = job
  const wish = { format: 'printcloud-cancel', version: 1, jobId, orderId, itemId, facilityId, askedAt } as const
  expect(await output.cancel?.(jobId, wish)).toBe(false)
  await output.handOver(job)
  printer.set(names()[0] ?? '', 'processing')
  expect(await output.cancel?.(jobId, wish)).toBe(false)
  printer.set(names()[0] ?? '', 'pending')
  expect(await output.cancel?.(jobId, wish)).toBe(true)
  expect(printer.jobs.map(({ state }) => state)).toEqual(['canceled', 'canceled'])
})

test('over ipps the certificate is checked, and the printer hears who asks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ipps-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const wish = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync(
    'openssl',
    [...wish, '-subj', '/CN=printer', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', certFile],
    { stdio: 'ignore' },
  )
  const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')]
  rmSync(folder, { recursive: true })
  const safe = await startResponder({ now: world.clock.now, tls: { key, cert }, password: 'open sesame' })
  try {
    const strange = await world.open(safe.url, { user: 'shop', password: 'open sesame' })
    await expect(strange.requireRoom(0)).rejects.toThrow('not to be reached')
    const nobody = await world.open(safe.url, { ca: cert })
    await expect(nobody.requireRoom(0)).rejects.toThrow('asks who it is')
    const known = await world.open(safe.url, { user: 'shop', password: 'open sesame', ca: cert })
    await known.requireRoom(0)
    await known.handOver(world.stage('poster'))
    expect(safe.jobs).toHaveLength(1)
  } finally {
    await safe.close()
  }
})
