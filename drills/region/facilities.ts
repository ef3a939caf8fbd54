import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { SQSClient } from '@aws-sdk/client-sqs'
import { pino } from 'pino'
import { systemClock } from '#chassis/clock.ts'
import { createLog } from '#chassis/log.ts'
import type { Running } from '#chassis/run.ts'
import { localFacilities } from '../../local/facilities.ts'
import { buckets, cloudEnvironment, queues, queueUrl } from '../../local/platform/cloud-environment.ts'
import { startSimulatedShop } from '../../local/simulated-shop/start.ts'
import { startClient } from '../../services/print-client/client.ts'
import { clientConfigOf } from '../../services/print-client/config.ts'
import type { DrillPlatform } from '../world/drill-platform.ts'

/** Every facility's print client and shop; they outlive the region that they work with. */
export type Facilities = {
  /** Jobs in the order in which a print client gave them to its shop: a job that is here twice is printed twice. */
  readonly handedOver: readonly string[]
  /** Stops all print clients and starts them again with the queues and buckets of that cloud; journals stay. */
  readonly workWith: (cloud: DrillPlatform) => Promise<void>
}

const stepMilliseconds = 100
const deliverySteps = 1
/** One machine, which never restarts. */
const bootId = 'boot-1'

export async function openFacilities(stack: AsyncDisposableStack): Promise<Facilities> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-facilities-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const places = localFacilities.map(({ id: facilityId }) => ({
    facilityId,
    hotFolder: join(folder, facilityId, 'hot'),
    stateFolder: join(folder, facilityId, 'state'),
    statusFolder: join(folder, facilityId, 'status'),
  }))
  for (const { hotFolder } of places) await mkdir(hotFolder, { recursive: true })
  const log = createLog('drill', 'fatal')
  const shop = await startSimulatedShop({ facilities: places, stepMilliseconds, deliverySteps, log })
  stack.defer(shop.close)
  const handedOver: string[] = []
  let stop = async (): Promise<void> => {}
  stack.defer(() => stop())
  const workWith = async (cloud: DrillPlatform): Promise<void> => {
    await stop()
    stop = await startClients(cloud, places, listenerOf(handedOver))
  }
  return { handedOver, workWith }
}

type Place = Readonly<Record<'facilityId' | 'hotFolder' | 'stateFolder' | 'statusFolder', string>>

async function startClients({ addresses, s3 }: DrillPlatform, places: readonly Place[], log: pino.Logger) {
  const ending = new AbortController()
  const sqs = queueClient(cloudEnvironment(addresses))
  const clients: Running[] = []
  for (const place of places) {
    const file = {
      ...place,
      queueUrl: queueUrl(addresses, `${queues.facilityPrefix}${place.facilityId}`),
      statusQueueUrl: queueUrl(addresses, queues.status),
      printFilesBucket: buckets.printFiles,
      page: false,
    }
    const config = await clientConfigOf(file, place.stateFolder)
    clients.push(await startClient({ config, s3, sqs, bootId, log, clock: systemClock, signal: ending.signal }))
  }
  return async (): Promise<void> => {
    ending.abort()
    await Promise.all(clients.map(({ drain }) => drain()))
    sqs.destroy()
  }
}

function queueClient(environment: Readonly<Record<string, string>>): SQSClient {
  const { AWS_REGION = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_ENDPOINT_URL_SQS = '' } = environment
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
  return new SQSClient({
    region: AWS_REGION,
    credentials,
    endpoint: AWS_ENDPOINT_URL_SQS,
    useQueueUrlAsEndpoint: false,
  })
}

/** What is printed is known from the print clients' own words. */
function listenerOf(handedOver: string[]): pino.Logger {
  const heard = new Writable({
    write: (line, _encoding, done) => {
      const { event, jobId } = JSON.parse(String(line))
      if (event === 'handed_over') handedOver.push(jobId)
      done()
    },
  })
  return pino({ level: 'info', messageKey: 'event' }, heard)
}
