import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { pino } from 'pino'
import { systemClock } from '#chassis/clock.ts'
import { createLog } from '#chassis/log.ts'
import { readQueue } from '#chassis/queue-reader.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { startSimulatedShop } from '../../../local/simulated-shop/start.ts'
import { runOperator } from '../../../services/order-api/operator/run-operator.ts'
import { sweepTickets } from '../../../services/order-api/tickets/sweep.ts'
import { startClient } from '../../../services/print-client/client.ts'
import { clientConfigOf } from '../../../services/print-client/config.ts'
import { printFile, printFileBytes } from './lifecycle-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { startWorkerOf } from './worker-of.ts'

const log = createLog('test', 'fatal')
const stepMilliseconds = 20
const deliverySteps = 1
const betweenSweepsMilliseconds = 1_500

/** The API with its worker, a processor that makes everything at once, and print client and shop of every facility. */
export async function openRestoreWorld() {
  const api = await startApi()
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-restore-'))
  await api.s3.send(new PutObjectCommand({ Bucket: 'print-files', Key: printFile.key, Body: printFileBytes }))
  const ending = new AbortController()
  const { signal } = ending
  const worker = startWorkerOf(api, signal)
  const processor = startProcessor(api, signal)
  const { handedOver, facilities } = await startFacilities(api, folder, signal)
  let hours = 0
  let sweptAt = 0
  return {
    api,
    /** Jobs in the order in which a print client gave them to its shop: a job that is here twice is printed twice. */
    handedOver,
    processor,
    /** Every ticket that nobody answered is rung again: some hours went by. Not more often than what is rung for can be done. */
    sweep: async () => {
      if (performance.now() - sweptAt < betweenSweepsMilliseconds) return
      sweptAt = performance.now()
      hours += 7
      const now = new Date(Date.now() + hours * 3_600_000)
      await sweepTickets({ ...api.context.changer, log, now: () => now })
    },
    /** As the operator does after a restore. */
    reconcile: (...options: readonly string[]) => {
      const claims = () => ({ s3: api.s3, bucket: 'print-files' })
      return runOperator(
        ['reconcile', ...options],
        () => api.database,
        () => new Date(),
        claims,
      )
    },
    close: async () => {
      ending.abort()
      await Promise.all([worker.drain(), processor.stopped, ...facilities.map((stop) => stop())])
      await api.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes everything at once. While it is away its tickets wait on their queue. */
export function startProcessor(api: ApiUnderTest, signal: AbortSignal) {
  const writer = createQueueWriter(api.sqs)
  const state = { isAway: false }
  const handle = async (body: unknown): Promise<void> => {
    if (state.isAway) throw new Error('the processor is away')
    const { ticketId, orderId, itemId } = parse('process ticket', ProcessTicket, body)
    const files = { printFiles: [printFile], previews: [], reportKey: 'x/report.json', receiptKey: 'x/receipt.json' }
    const news = { outcome: 'ready', pages: 1, findings: [], at: new Date().toISOString(), ...files }
    await writer.send(api.queueUrl('status'), { type: 'process_report', ticketId, orderId, itemId, ...news })
  }
  const queue = { sqs: api.sqs, queueUrl: api.queueUrl('process'), visibilitySeconds: 1, concurrency: 2 }
  const stopped = readQueue({ ...queue, log, signal, handle })
  return { stopped, state }
}

async function startFacilities(api: ApiUnderTest, folder: string, signal: AbortSignal) {
  const handedOver: string[] = []
  const heard = new Writable({
    write: (line, _encoding, done) => {
      const { event, jobId } = JSON.parse(String(line))
      if (event === 'handed_over') handedOver.push(jobId)
      done()
    },
  })
  const clientLog = pino({ level: 'info', messageKey: 'event' }, heard)
  const facilities: (() => Promise<void>)[] = []
  for (const { id: facilityId } of localFacilities) {
    const places = {
      hotFolder: join(folder, facilityId, 'hot'),
      stateFolder: join(folder, facilityId, 'state'),
      statusFolder: join(folder, facilityId, 'status'),
    }
    mkdirSync(places.hotFolder, { recursive: true })
    const queues = { queueUrl: api.queueUrl(`facility-${facilityId}`), statusQueueUrl: api.queueUrl('status') }
    const bucket = { printFilesBucket: 'print-files' }
    const config = await clientConfigOf({ facilityId, ...queues, ...places, ...bucket, page: false }, folder)
    const { s3, sqs } = api
    const client = await startClient({
      ...{ config, s3, sqs, bootId: 'boot-1', log: clientLog },
      ...{ clock: systemClock, signal },
    })
    const shop = await startSimulatedShop({
      ...{ facilities: [{ facilityId, ...places }], stepMilliseconds, deliverySteps, log },
    })
    facilities.push(async () => {
      await client.drain()
      await shop.close()
    })
  }
  return { handedOver, facilities }
}
