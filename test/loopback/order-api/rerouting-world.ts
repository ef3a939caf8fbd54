import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { pino } from 'pino'
import { Type } from 'typebox'
import { systemClock } from '#chassis/clock.ts'
import { createLog } from '#chassis/log.ts'
import { readQueue } from '#chassis/queue-reader.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import { parse } from '#contracts/parse.ts'
import { createElsewhere } from '../../../services/order-api/rerouting/elsewhere.ts'
import { createSenders } from '../../../services/order-api/status/senders.ts'
import { sweepTickets } from '../../../services/order-api/tickets/sweep.ts'
import { startWorker } from '../../../services/order-api/worker.ts'
import { startClient } from '../../../services/print-client/client.ts'
import { clientConfigOf } from '../../../services/print-client/config.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { startApi } from './platform.ts'

const bytes = Buffer.from('%PDF-')
const log = createLog('test', 'fatal')
const enrolSql = `insert into facility_clients (facility_id, client_id, name, public_key, principal_id, access_key_id, enrolled_at)
  values (:facility::text, :principal::text, 'Of a test', 'none', :principal::text, :principal::text, now()) returning to_jsonb(facility_id) as row`
const standingSql = `update facilities set doc = jsonb_set(doc, '{status}', to_jsonb(:status::text)) where id = :id::text
  returning to_jsonb(id) as row`

const policySql = `update accounts set routing = :policy::jsonb returning to_jsonb(id) as row`
/** What Leipzig costs to the Netherlands beyond Utrecht is less. */
const enoughPercent = 40

type ClientWish = { readonly isHeard?: boolean }
export type Shop = Awaited<ReturnType<ReroutingWorld['startShop']>>
export type ReroutingWorld = Awaited<ReturnType<typeof openReroutingWorld>>

/** The API with the worker as it is deployed, a processor that makes a file for each facility, and print clients that are enrolled. */
export async function openReroutingWorld() {
  const api = await startApi()
  const folder = mkdtempSync(join(tmpdir(), 'rerouting-'))
  const { s3, sqs, clock } = api
  const events: { readonly event: string; readonly facilityId?: string }[] = []
  const heard = new Writable({
    write: (line, _encoding, done) => {
      events.push(JSON.parse(String(line)))
      done()
    },
  })
  const workerLog = pino({ level: 'info', messageKey: 'event' }, heard)
  const changer = { ...api.context.changer, log: workerLog }
  const elsewhere = createElsewhere(changer, { s3, bucket: 'print-files' })
  const senders = createSenders({ database: api.database, trusted: [], now: () => new Date(), log })
  const ending = new AbortController()
  const { signal } = ending
  const config = { STATUS_QUEUE_URL: api.queueUrl('status'), SWEEP_SECONDS: 3600 }
  const running = [
    startWorker({ config, changer, keyring: api.context.keyring, senders, elsewhere, sqs, log: workerLog, signal }),
  ]
  const writer = createQueueWriter(sqs)
  const processor = { isAway: false }
  const processed = readQueue({
    ...{ sqs, queueUrl: api.queueUrl('process'), visibilitySeconds: 5, concurrency: 2, log, signal },
    handle: async (body) => {
      if (processor.isAway) throw new Error('the processor is away')
      const { ticketId, orderId, itemId, outputPrefix } = parse('process ticket', ProcessTicket, body)
      const key = `${outputPrefix}${ticketId}/sheet.pdf`
      await s3.send(new PutObjectCommand({ Bucket: 'print-files', Key: key, Body: bytes }))
      const files = { printFiles: [printFile(key)], previews: [preview(key)] }
      const keys = { reportKey: `${outputPrefix}report.json`, receiptKey: `${outputPrefix}receipt.json` }
      const made = { outcome: 'ready', pages: 1, findings: [], at: new Date().toISOString(), ...files, ...keys }
      await writer.send(api.queueUrl('status'), { type: 'process_report', ticketId, orderId, itemId, ...made })
    },
  })
  const call = callerOf(api)
  /** Of every account: how much more another facility may cost. */
  const allow = async (percent: number): Promise<void> => {
    const reroute = { ...defaultRoutingPolicy.reroute, max_cost_increase_percent: percent }
    const policy = JSON.stringify({ ...defaultRoutingPolicy, reroute })
    await api.database.rows(Type.Unknown(), policySql, { policy })
  }
  await allow(enoughPercent)
  const shops: (() => Promise<void>)[] = []
  const read = async (id: string) => (await call('GET', `/v1/orders/${id}`)).json

  /** A print client of a facility, with a key of its own. One that is not heard speaks to a queue that nobody reads. */
  const startShop = async (facilityId: string, name: string, { isHeard = true }: ClientWish = {}) => {
    const base = join(folder, name)
    const hotFolder = join(base, 'hot')
    mkdirSync(hotFolder, { recursive: true })
    const accessKeyId = `AKIA${facilityId}${name}`
    if (isHeard) await api.database.rows(Type.Unknown(), enrolSql, { facility: facilityId, principal: accessKeyId })
    const own = { region: 'eu-west-1', endpoint: new URL(api.queueUrl('status')).origin, useQueueUrlAsEndpoint: false }
    const ownSqs = new SQSClient({ ...own, credentials: { accessKeyId, secretAccessKey: 'test-secret' } })
    const places = { hotFolder, stateFolder: join(base, 'state'), statusFolder: join(base, 'status') }
    const clientConfig = await clientConfigOf(
      {
        ...{ facilityId, ...places, printFilesBucket: 'print-files', page: false, logLevel: 'error' },
        queueUrl: api.queueUrl(`facility-${facilityId}`),
        statusQueueUrl: api.queueUrl(isHeard ? 'status' : 'facility-fac_columbus'),
      },
      base,
    )
    const stopping = new AbortController()
    const client = await startClient({
      ...{ config: clientConfig, s3, sqs: ownSqs, bootId: 'boot-1', log, clock: systemClock },
      signal: stopping.signal,
    })
    let stopped: Promise<void> | undefined
    const stop = (): Promise<void> => {
      stopping.abort()
      stopped ??= client.drain().then(() => ownSqs.destroy())
      return stopped
    }
    shops.push(stop)
    let words = 0
    const says = (status: ShopStatus): void => {
      words += 1
      const file = join(places.statusFolder, `${words}.json`)
      writeFileSync(`${file}.tmp`, JSON.stringify(status))
      renameSync(`${file}.tmp`, file)
    }
    const jobs = () => (existsSync(hotFolder) ? readdirSync(hotFolder).filter((each) => each.startsWith('job_')) : [])
    return { says, jobs, stop, sqs: ownSqs }
  }

  return {
    ...{ api, call, read, startShop, elsewhere, changer, events, processor, allow },
    allowEnough: () => allow(enoughPercent),
    place: async (changes: object = {}) =>
      (await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl(changes) })).json,
    history: async (id: string) => (await call('GET', `/v1/orders/${id}/events`)).json.data,
    later: (hours: number) => {
      clock.now = new Date((clock.now ?? new Date()).getTime() + hours * 3_600_000)
    },
    ringAgain: () => sweepTickets({ ...changer, log }),
    /** As the operator's command leaves it. */
    set: (id: string, status: string) => api.database.rows(Type.Unknown(), standingSql, { id, status }),
    closeShops: async () => void (await Promise.all(shops.map((stop) => stop()))),
    close: async () => {
      ending.abort()
      await Promise.all(shops.map((stop) => stop()))
      await Promise.all([processed, ...running.map((each) => each.drain())])
      await api.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const printFile = (key: string) => ({
  ...{ component: 'sheet' as const, key, contentType: 'application/pdf' as const, sizeBytes: bytes.length },
  ...{ sha256: createHash('sha256').update(bytes).digest('hex'), pages: 1, sheetWidthMm: 303, sheetHeightMm: 426 },
  trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
})

const preview = (key: string) => ({
  ...{ component: 'sheet' as const, page: 1, key: `${key}.png`, contentType: 'image/png' as const },
  ...{ widthPx: 300, heightPx: 400 },
})
