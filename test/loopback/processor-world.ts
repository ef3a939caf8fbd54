import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { newId } from '#chassis/ids.ts'
import { createLog, type Log } from '#chassis/log.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { ProcessorEnvironment } from '#contracts/environment.ts'
import { PreflightResult } from '#contracts/messages/preflight-result.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import { ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket, Source } from '#contracts/messages/process-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import { startQueue } from '../../local/cloud/queue/start-queue.ts'
import { startProcessor } from '../../services/processor/processor.ts'

export type SourceSpec = Partial<Source> & Pick<Source, 'role'> & { readonly bytes?: Uint8Array }
export type Ready = Extract<ProcessReport, { outcome: 'ready' }>
export type Rejection = Extract<ProcessReport, { outcome: 'rejected' }>

const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const region = 'eu-west-1'
const sourcesBucket = 'sources'
const printFilesBucket = 'print-files'

const Said = Type.Union([ProcessReport, PreflightResult])

type WorldOptions = {
  readonly allowedOrigins?: string
  readonly log?: Log
  /** No processor yet: the first `restart` brings one. */
  readonly isEmpty?: boolean
}

/** A processor in this process with a real queue and object store on loopback; `close` ends all of them. */
export async function startProcessorWorld(options: WorldOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'processor-world-'))
  const log = options.log ?? createLog('test', 'fatal')
  const buckets = [sourcesBucket, printFilesBucket]
  const store = await startObjectStore({ port: 0, dataDir: join(folder, 'store'), ...credentials, buckets, log })
  const queues = ['process', 'status'].map((name) => ({ name, visibilitySeconds: 30, maxReceives: 10 }))
  const queue = await startQueue({ port: 0, queues, log, region })
  const queueUrl = (name: string): string => `${queue.url}/000000000000/${name}`
  const sqs = new SQSClient({ endpoint: queue.url, region, credentials, useQueueUrlAsEndpoint: false })
  const s3 = new S3Client({
    endpoint: store.url,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  let ending = new AbortController()
  const environment: ProcessorEnvironment = {
    PROCESS_QUEUE_URL: queueUrl('process'),
    STATUS_QUEUE_URL: queueUrl('status'),
    SOURCES_BUCKET: sourcesBucket,
    PRINT_FILES_BUCKET: printFilesBucket,
    DOCUMENTS_BUCKET: 'documents',
    STANDBY_DOCUMENTS_BUCKET: '',
    STANDBY_REGION: '',
    STANDBY_ENDPOINT_URL_S3: '',
    WORK_DIR: join(folder, 'work'),
    CONCURRENCY: 2,
    ALLOWED_SOURCE_ORIGINS: options.allowedOrigins ?? '',
    LOG_LEVEL: 'error',
  }
  const start = () => startProcessor(environment, { sqs, s3 }, log, ending.signal)
  let running = options.isEmpty ? undefined : await start()
  const seen = new Map<string, ProcessReport[]>()
  const results = new Map<string, PreflightResult[]>()

  const upload = async (bytes: Uint8Array): Promise<string> => {
    const key = `uploads/${randomUUID()}`
    await s3.send(new PutObjectCommand({ Bucket: sourcesBucket, Key: key, Body: bytes }))
    return key
  }
  const poll = async (): Promise<void> => {
    const QueueUrl = queueUrl('status')
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }),
    )
    for (const { Body, ReceiptHandle } of Messages) {
      const said = parse('what a processor says', Said, JSON.parse(Body ?? ''))
      const { ticketId } = said
      if (said.type === 'process_report') seen.set(ticketId, [...(seen.get(ticketId) ?? []), said])
      else results.set(ticketId, [...(results.get(ticketId) ?? []), said])
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    }
  }
  return {
    s3,
    sqs,
    environment,
    /** What a processor of its own needs to reach this queue and this store. */
    processEnvironment: {
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])),
      AWS_ENDPOINT_URL_SQS: queue.url,
      AWS_ENDPOINT_URL_S3: store.url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    upload,
    /** Sends a ticket for these sources; files are uploaded first unless they name a url or key. */
    send: async (ticket: ProcessTicket | PreflightTicket): Promise<void> => {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('process'), MessageBody: JSON.stringify(ticket) }))
    },
    ticket: async (product: Product | string, sources: readonly SourceSpec[], more: Partial<ProcessTicket> = {}) =>
      await ticketOf(product, sources, upload, more),
    /** The last word on a ticket, or the n-th of them. */
    answer: async (ticketId: string, count = 1): Promise<Ready | Rejection> => {
      for (;;) {
        const last = seen.get(ticketId)?.filter(isLast)[count - 1]
        if (last) return last
        await poll()
      }
    },
    /** The last word on a preflight. */
    preflighted: async (ticketId: string): Promise<Exclude<PreflightResult, { outcome: 'progress' }>> => {
      for (;;) {
        const last = results.get(ticketId)?.find((result) => result.outcome !== 'progress')
        if (last) return last
        await poll()
      }
    },
    untilStarted: async (ticketId: string): Promise<void> => {
      while (!seen.has(ticketId)) await poll()
    },
    /** The processor hears the notice to leave, leaves, and another one comes. */
    restart: async (): Promise<void> => {
      ending.abort()
      await running?.drain()
      ending = new AbortController()
      running = await start()
    },
    reportsOf: (ticketId: string): readonly ProcessReport[] => seen.get(ticketId) ?? [],
    stored: async (key: string): Promise<Buffer> => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: printFilesBucket, Key: key }))
      return Buffer.from((await Body?.transformToByteArray()) ?? [])
    },
    listed: async (prefix: string): Promise<string[]> => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: printFilesBucket, Prefix: prefix }))
      return Contents.flatMap(({ Key }) => (Key ? [Key] : []))
    },
    close: async (): Promise<void> => {
      ending.abort()
      await running?.drain()
      sqs.destroy()
      s3.destroy()
      await queue.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const isLast = (report: ProcessReport): report is Ready | Rejection =>
  report.outcome === 'ready' || report.outcome === 'rejected'

export type ProcessorWorld = Awaited<ReturnType<typeof startProcessorWorld>>

async function ticketOf(
  product: Product | string,
  specs: readonly SourceSpec[],
  upload: (bytes: Uint8Array) => Promise<string>,
  more: Partial<ProcessTicket>,
): Promise<ProcessTicket> {
  const chosen = typeof product === 'string' ? productOf(product) : product
  if (!chosen) throw new Error(`No product ${String(product)}`)
  const now = new Date()
  const orderId = newId('ord', now)
  const sources = await Promise.all(
    specs.map(async ({ bytes, ...source }) => ({
      position: 0,
      ...source,
      ...(bytes ? { key: await upload(bytes) } : {}),
    })),
  )
  return {
    type: 'process',
    ticketId: newId('tkt', now),
    orderId,
    itemId: newId('itm', now),
    issuedAt: now.toISOString(),
    product: chosen,
    facilityId: 'fac_test',
    options: {},
    sources,
    outputPrefix: `facilities/fac_test/${orderId}/`,
    ...more,
  }
}
