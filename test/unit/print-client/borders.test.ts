import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { shopStatuses } from '#contracts/messages/shop-status.ts'
import { issuesOf } from '#contracts/parse.ts'
import { readClientConfig } from '../../../services/print-client/config.ts'
import { readInvocation } from '../../../services/print-client/invocation.ts'
import { readShopStatus, refusalText } from '../../../services/print-client/report/read-shop-status.ts'
import { jobTicketOf } from '../../../services/print-client/tickets/job-ticket.ts'
import { sampleTicket } from './samples.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'borders-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const right = {
  facilityId: 'fac_test',
  queueUrl: 'http://127.0.0.1/q',
  statusQueueUrl: 'http://127.0.0.1/s',
  printFilesBucket: 'b',
  hotFolder: 'hot',
  stateFolder: 'state',
  statusFolder: 'status',
}

function configFile(content: unknown): string {
  const path = join(folder, 'facility.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

test('a configuration file names its folders from where it lies', async () => {
  expect(await readClientConfig(configFile(right))).toMatchObject({
    outputs: { main: { kind: 'hot_folder', folder: join(folder, 'hot') } },
    stateFolder: join(folder, 'state'),
    concurrency: 2,
    logLevel: 'info',
  })
})

test('every fault of a configuration file is told at once', async () => {
  const { queueUrl: _, ...wrong } = { ...right, facilityId: 'Nope', concurrency: 99, colour: 'red' }
  const message = await readClientConfig(configFile(wrong)).catch((error: Error) => error.message)
  for (const fault of [
    'facilityId must match',
    'concurrency must be',
    'colour is not a known field',
    'queueUrl is required',
  ]) {
    expect(message).toContain(fault)
  }
})

test('folders inside one another are refused: statuses would be taken for jobs', async () => {
  const path = configFile({ ...right, statusFolder: 'hot/status', stateFolder: 'hot' })
  const message = await readClientConfig(path).catch((error: Error) => error.message)
  expect(message).toContain('statusFolder must not be or lie inside hotFolder')
  expect(message).toMatch(/(hotFolder|stateFolder) must not be or lie inside (hotFolder|stateFolder)/)
})

test('a wrong command line is answered with the usage', () => {
  for (const words of [[], ['jobs'], ['--config', 'x', 'release'], ['--config', 'x', 'print', 'job'], ['--colour']]) {
    expect(() => readInvocation(words)).toThrow(/^usage: printcloud-print-client/)
  }
  expect(readInvocation(['--config', 'x', 'reject', 'job_1', 'no', 'paper'])).toMatchObject({
    command: { name: 'reject', cause: 'no paper' },
  })
  expect(() => readInvocation(['--config', 'x', 'reject', 'job_1'])).toThrow(/^usage/)
  expect(readInvocation(['--config', 'x', 'drop', 'job_1'])).toEqual({
    configPath: 'x',
    command: { name: 'drop', jobId: 'job_1' },
  })
})

test('the shop’s ticket holds everything of the production ticket and no address of ours', () => {
  const ticket = sampleTicket()
  const job = jobTicketOf(ticket)
  expect(issuesOf(JobTicket, job)).toEqual([])
  const { type: _, ticketId: __, files: ___, ...facts } = ticket
  expect(job).toMatchObject(facts)
  expect(job.files).toMatchObject([{ file: 'sheet.pdf', barcode: `${ticket.jobId}-sheet`, sizeBytes: 10 }])
  expect(JSON.stringify(job)).not.toContain('facilities/')
})

test('every status a shop may say is understood, and a failure without a cause is asked for one', () => {
  const { jobId } = sampleTicket()
  for (const status of shopStatuses) {
    const read = readShopStatus(JSON.stringify({ jobId, status, cause: 'device_down' }))
    expect(read).toEqual({ kind: 'status', status: { jobId, status, cause: 'device_down' } })
  }
  expect(readShopStatus(JSON.stringify({ jobId, status: 'failed' }))).toMatchObject({ kind: 'wrong' })
  expect(refusalText([])).toContain(shopStatuses.join(', '))
})
