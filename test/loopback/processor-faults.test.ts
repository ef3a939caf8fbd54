import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#chassis/clock.ts'
import { createLog } from '#chassis/log.ts'
import { createTicketHandler } from '../../services/processor/job/handle-ticket.ts'
import { openSandboxPool, type SandboxPool } from '../../services/processor/sandbox/pool.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld
let folder: string
let pool: SandboxPool
const log = createLog('test', 'silent')

beforeAll(async () => {
  world = await startProcessorWorld()
  folder = await mkdtemp(join(tmpdir(), 'processor-faults-'))
  pool = await openSandboxPool(folder, 0, log)
})
afterAll(async () => {
  await pool?.close()
  await world?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

test('a fault of ours is tried again four times, and then the order is told instead of waiting for ever', async () => {
  const said: unknown[] = []
  const handle = createTicketHandler({
    pool,
    log,
    clock: systemClock,
    s3: world.s3,
    sourcesBucket: world.environment.SOURCES_BUCKET,
    printFilesBucket: world.environment.PRINT_FILES_BUCKET,
    documents: { primary: { s3: world.s3, bucket: world.environment.DOCUMENTS_BUCKET } },
    allowedOrigins: [],
    lookup: () => {
      throw new RangeError('a bug of ours')
    },
    writer: { send: async (_queueUrl, message) => void said.push(message) },
    statusQueueUrl: 'status',
  })
  const ticket = await world.ticket('poster-a3', [{ role: 'image', url: 'https://example.com/a.jpg' }])
  const deliver = (receiveCount: number) =>
    handle(ticket, { messageId: 'm', senderId: '', receiveCount, signal: new AbortController().signal })
  await expect(deliver(4)).rejects.toThrow('a bug of ours')
  await deliver(5)
  expect(said.at(-1)).toMatchObject({
    outcome: 'rejected',
    findings: [{ code: 'PROCESSING_FAILED', found: 'a fault of our own, several times over' }],
  })
})
