import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { createLog, type Log } from '#chassis/log.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { ProcessorEnvironment } from '#contracts/environment.ts'
import { PreflightResult } from '#contracts/messages/preflight-result.ts'
import { ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { ProcessorTicket } from '#contracts/messages/processor-ticket.ts'
import { ProofResult } from '#contracts/messages/proof-result.ts'
import { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import { parse } from '#contracts/parse.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import { startQueue } from '../../local/cloud/queue/start-queue.ts'
import { startProcessor } from '../../services/processor/processor.ts'
import { type SourceSpec, ticketOf } from './processor-tickets.ts'

export type { SourceSpec }
export type Ready = Extract<ProcessReport, { outcome: 'ready' }>
export type Rejection = Extract<ProcessReport, { outcome: 'rejected' }>

const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const region = 'eu-west-1'
const sourcesBucket = 'sources'
const printFilesBucket = 'print-files'
const documentsBucket = 'documents'
const standbyBucket = 'documents-standby'

const Said = Type.Union([ProcessReport, PreflightResult, ThumbnailResult, ProofResult])

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
  const buckets = [sourcesBucket, printFilesBucket, documentsBucket, standbyBucket]
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
    DOCUMENTS_BUCKET: documentsBucket,
    STANDBY_DOCUMENTS_BUCKET: standbyBucket,
    STANDBY_REGION: '',
    STANDBY_ENDPOINT_URL_S3: '',
    WORK_DIR: join(folder, 'work'),
    CONCURRENCY: 2,
    ALLOWED_SOURCE_ORIGINS: options.allowedOrigins ?? '',
    LOG_LEVEL: 'error',
  }
  const start = () => startProcessor(environment, { sqs, s3, standbyS3: s3 }, log, ending.signal)
  let running = options.isEmpty ? undefined : await start()
  const seen = new Map<string, ProcessReport[]>()
  const results = new Map<string, PreflightResult[]>()
  const thumbnails = new Map<string, ThumbnailResult>()
  const proofs = new Map<string, ProofResult>()

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
      if (said.type === 'thumbnail_result') thumbnails.set(ticketId, said)
      else if (said.type === 'proof_result') proofs.set(ticketId, said)
      else if (said.type === 'process_report') seen.set(ticketId, [...(seen.get(ticketId) ?? []), said])
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
    send: async (ticket: ProcessorTicket): Promise<void> => {
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
    /** The last word on a thumbnail. */
    thumbnailed: async (ticketId: string): Promise<ThumbnailResult> => {
      for (;;) {
        const result = thumbnails.get(ticketId)
        if (result) return result
        await poll()
      }
    },
    /** The last word on a proof. */
    proofed: async (ticketId: string): Promise<ProofResult> => {
      for (;;) {
        const result = proofs.get(ticketId)
        if (result) return result
        await poll()
      }
    },
    /** As if it had never said anything of this ticket. */
    forget: (ticketId: string): void => {
      thumbnails.delete(ticketId)
      proofs.delete(ticketId)
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
