import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs'
import { createLog } from '#chassis/log.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { sweepTickets } from '../../../services/order-api/tickets/sweep.ts'
import { callerOf, fresh, posterByUrl } from '../../loopback/order-api/client.ts'
import { printFile, printFileBytes } from '../../loopback/order-api/lifecycle-world.ts'
import { type ApiUnderTest, startApi } from '../../loopback/order-api/platform.ts'
import { startProcessor } from '../../loopback/order-api/restore-world.ts'
import { startWorkerOf } from '../../loopback/order-api/worker-of.ts'
import { superviseClient } from '../facility/client-process.ts'
import { install } from '../facility/install.ts'
import { openShop } from '../facility/print-shop.ts'

const log = createLog('test', 'fatal')

/** order-api with its worker, a processor that makes everything at once, and facilities whose print clients come and go. */
export async function openOfflineWorld() {
  const api = await startApi()
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-offline-'))
  await api.s3.send(new PutObjectCommand({ Bucket: 'print-files', Key: printFile.key, Body: printFileBytes }))
  const ending = new AbortController()
  const { signal } = ending
  const worker = startWorkerOf(api, signal)
  const processor = startProcessor(api, signal)
  const environment = await environmentOf(api)
  const installations = localFacilities.map(({ id }) => install(folder, addressOf(api, id), id))
  const shop = openShop(join(folder, 'printed'), installations, (seen) =>
    orderOf(seen) === undefined ? ['has no ticket.json'] : [],
  )
  let clients: readonly ReturnType<typeof superviseClient>[] = []
  const leave = async (): Promise<void> => {
    await Promise.all(clients.map(({ stop }) => stop()))
    clients = []
  }
  const call = callerOf(api)
  return {
    shop,
    /** The id of the order, as whoever ordered wrote it down. */
    order: async (): Promise<string> => {
      const { status, json, text } = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
      if (status !== 201) throw new Error(`POST /v1/orders: ${status} ${text.slice(0, 200)}`)
      return json.id
    },
    statusOf: async (orderId: string): Promise<string> => {
      const { json } = await call('GET', `/v1/orders/${orderId}`)
      return json.items[0].status
    },
    /** Orders by the ticket in what the shop took: one entry for each time. */
    printedOrders: (): readonly (string | undefined)[] => shop.book().map((each) => orderOf(each.folder)),
    /** The shop says of everything that it has that it is on the press. */
    sayPrinting: (): void => {
      for (const { jobId, from } of shop.book()) {
        const path = join(from.statusFolder, `${jobId}.json`)
        writeFileSync(`${path}.tmp`, JSON.stringify({ jobId, status: 'printing' }))
        renameSync(`${path}.tmp`, path)
      }
    },
    /** The sweep as it runs at that moment. */
    sweepAt: (now: Date) => sweepTickets({ ...api.context.changer, log, now: () => now }),
    /** What retention does to a queue that nobody reads: everything in it is gone. */
    expire: async (): Promise<number> => {
      const counts = await Promise.all(localFacilities.map(({ id }) => purge(api, `facility-${id}`)))
      return counts.reduce((sum, count) => sum + count, 0)
    },
    arrive: (): void => {
      clients = installations.map((each) => superviseClient({ folder, environment }, each))
    },
    leave,
    close: async () => {
      shop.close()
      await leave()
      ending.abort()
      await Promise.all([worker.drain(), processor.stopped])
      await api.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type OfflineWorld = Awaited<ReturnType<typeof openOfflineWorld>>

const addressOf = (api: ApiUnderTest, facilityId: string) => ({
  ...{ facilityId, printFilesBucket: 'print-files' },
  ...{ queueUrl: api.queueUrl(`facility-${facilityId}`), statusQueueUrl: api.queueUrl('status') },
})

async function environmentOf({ sqs, s3 }: ApiUnderTest): Promise<Readonly<Record<string, string>>> {
  const { accessKeyId, secretAccessKey } = await sqs.config.credentials()
  const store = await s3.config.endpoint?.()
  const queue = await sqs.config.endpoint?.()
  const urlOf = (endpoint: typeof store): string =>
    `${endpoint?.protocol}//${endpoint?.hostname}:${String(endpoint?.port)}`
  return {
    ...{ AWS_ENDPOINT_URL_S3: urlOf(store), AWS_ENDPOINT_URL_SQS: urlOf(queue) },
    ...{ AWS_REGION: await sqs.config.region() },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  }
}

async function purge({ sqs, queueUrl }: ApiUnderTest, name: string): Promise<number> {
  const QueueUrl = queueUrl(name)
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  await sqs.send(new PurgeQueueCommand({ QueueUrl }))
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
}

function orderOf(jobFolder: string): string | undefined {
  try {
    const { orderId }: Record<string, unknown> = JSON.parse(readFileSync(join(jobFolder, 'ticket.json'), 'utf8'))
    return String(orderId)
  } catch {
    return undefined
  }
}
