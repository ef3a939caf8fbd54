import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { pino } from 'pino'
import { newId } from '#chassis/ids.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { StatusMessage } from '#contracts/messages/status-message.ts'
import { parse } from '#contracts/parse.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import { startQueue } from '../../local/cloud/queue/start-queue.ts'
import { type Clock, systemClock } from '../../services/chassis/clock.ts'
import { startClient } from '../../services/print-client/client.ts'
import { clientConfigOf } from '../../services/print-client/config.ts'
import { createLine } from '../../services/print-client/line/line.ts'
import { watchS3, watchSqs } from '../../services/print-client/line/watch-client.ts'

export const facilityId = 'fac_test'
const bucket = 'print-files'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' }
const queues = [facilityId, 'status'].map((name) => ({ name, visibilitySeconds: 30, maxReceives: 10 }))
const silent = pino({ level: process.env.TEST_LOG ?? 'silent', messageKey: 'event' })

/** What stands in the configuration file of a client here. */
export type WorldConfig = {
  readonly facilityId: string
  readonly queueUrl: string
  readonly statusQueueUrl: string
  readonly printFilesBucket: string
  readonly hotFolder?: string
  readonly outputs?: Readonly<Record<string, object>>
  readonly products?: readonly object[]
  readonly accept?: string
  readonly stateFolder: string
  readonly statusFolder: string
  readonly concurrency: number
  readonly logLevel: 'info'
  readonly page: false
}
export type FolderConfig = WorldConfig & { readonly hotFolder: string }

/** A facility's cloud on loopback: object store, its queue, the status queue, and a folder for clients. */
export type World = Awaited<ReturnType<typeof openWorld>>

export async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'print-client-'))
  const openStore = (port: number) =>
    startObjectStore({ port, dataDir: join(folder, 'objects'), ...credentials, buckets: [bucket], log: silent })
  let store = await openStore(0)
  const region = 'eu-central-1'
  const openQueues = (port: number) => startQueue({ port, queues, log: silent, region })
  let queueServer = await openQueues(0)
  const sqsEndpoint = queueServer.url
  const s3 = new S3Client({ endpoint: store.url, region, credentials, forcePathStyle: true, maxAttempts: 1 })
  const sqs = new SQSClient({ endpoint: sqsEndpoint, region, credentials, useQueueUrlAsEndpoint: false })
  const queueUrl = `${sqsEndpoint}/000000000000/${facilityId}`
  const statusQueueUrl = `${sqsEndpoint}/000000000000/status`
  const stops: (() => Promise<void>)[] = []

  const configOf = (name: string): FolderConfig => {
    const base = join(folder, 'clients', name)
    const config = {
      facilityId,
      queueUrl,
      statusQueueUrl,
      printFilesBucket: bucket,
      hotFolder: join(base, 'hot'),
      stateFolder: join(base, 'state'),
      statusFolder: join(base, 'status'),
      concurrency: 2,
      logLevel: 'info' as const,
      page: false as const,
    }
    mkdirSync(config.hotFolder, { recursive: true })
    return config
  }

  const startWith = async <C extends WorldConfig>(config: C, bootId: string, clock: Clock = systemClock) => {
    const ending = new AbortController()
    const { signal } = ending
    const line = createLine(clock, silent)
    watchS3(s3, line)
    watchSqs(sqs, line)
    const read = await clientConfigOf(config, folder)
    const running = await startClient({ config: read, s3, sqs, bootId, log: silent, clock, line, signal })
    let stopped: Promise<void> | undefined
    const stop = (): Promise<void> => {
      ending.abort()
      stopped ??= running.drain()
      return stopped
    }
    stops.push(stop)
    return { config, stop, desk: running.desk }
  }

  const startHere = (name: string, bootId = 'boot-1') => startWith(configOf(name), bootId)

  return {
    folder,
    s3,
    sqs,
    bucket,
    queueUrl,
    statusQueueUrl,
    configOf,
    startHere,
    startWith,
    /** The store is away meanwhile, and there again whatever became of `work`. */
    withoutStore: async <T>(work: () => Promise<T>): Promise<T> => {
      await store.close()
      try {
        return await work()
      } finally {
        store = await openStore(Number(new URL(store.url).port))
      }
    },
    /** The same for the queues; everything in them is gone afterwards. */
    withoutQueues: async <T>(work: () => Promise<T>): Promise<T> => {
      await queueServer.close()
      try {
        return await work()
      } finally {
        queueServer = await openQueues(Number(new URL(sqsEndpoint).port))
      }
    },
    environment: {
      AWS_ENDPOINT_URL_S3: store.url,
      AWS_ENDPOINT_URL_SQS: sqsEndpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    makeTicket: (options: TicketOptions = {}) => makeTicket(s3, options),
    send: async (body: unknown) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(body) }))
    },
    statuses: () => receiveStatuses(sqs, statusQueueUrl),
    /** Tickets that wait for a client, or that one has in hand. */
    unacknowledged: async (): Promise<number> => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
      )
      return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
    },
    close: async () => {
      for (const stop of stops) await stop()
      s3.destroy()
      sqs.destroy()
      await queueServer.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TicketOptions = { readonly isTest?: boolean; readonly bytes?: number; readonly facilityId?: string }

async function makeTicket(s3: S3Client, options: TicketOptions): Promise<ProductionTicket> {
  const body = randomBytes(options.bytes ?? 2_000)
  const now = new Date()
  const jobId = newId('job', now)
  const key = `facilities/${facilityId}/${jobId}/sheet.pdf`
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))
  return {
    type: 'production',
    ticketId: newId('tkt', now),
    jobId,
    orderId: newId('ord', now),
    itemId: newId('itm', now),
    facilityId: options.facilityId ?? facilityId,
    isTest: options.isTest ?? true,
    issuedAt: now.toISOString(),
    quantity: 2,
    title: 'Łódź & <Köln>',
    product: {
      sku: 'poster-a3',
      family: 'poster',
      title: 'Poster A3',
      trimWidthMm: 297,
      trimHeightMm: 420,
      pages: 1,
      paper: { sheet: '170 g silk' },
    },
    options: {},
    files: [
      {
        component: 'sheet',
        key,
        contentType: 'application/pdf',
        sizeBytes: body.length,
        sha256: createHash('sha256').update(body).digest('hex'),
        pages: 1,
        sheetWidthMm: 303,
        sheetHeightMm: 426,
        trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
      },
    ],
    shipTo: { name: 'Ada Test', address: { line1: 'Street 1', city: 'Delft', postal_code: '2611', country: 'NL' } },
    shippingMethod: 'standard',
  }
}

/** Takes what the status queue holds now; heartbeats come when they come. */
async function receiveStatuses(sqs: SQSClient, queueUrl: string): Promise<readonly FacilityStatus[]> {
  const found: FacilityStatus[] = []
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
    )
    if (Messages.length === 0) return found
    for (const { Body = '', ReceiptHandle } of Messages) {
      const message = parse('status message', StatusMessage, JSON.parse(Body))
      if (message.type === 'facility_status') found.push(message)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }))
    }
  }
}

/** Names of the job folders in a hot folder. */
export const jobsIn = (hotFolder: string): readonly string[] => readdirSync(hotFolder).sort()
