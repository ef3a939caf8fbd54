import { join } from 'node:path'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { cloudEnvironment, queues, queueUrl } from '../../local/platform/cloud-environment.ts'
import type { Platform } from '../../local/platform/platform.ts'
import { databaseEnvironment } from '../../local/platform/processes.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { type Comparison, compare, type Pairs, type Side } from './compare.ts'
import { idle } from './idle.ts'
import { type LoadProcess, startLoadProcess } from './load-process.ts'
import { openProcessQueue } from './process-queue.ts'
import { uploadPoster } from './upload-poster.ts'

export type IntakeOptions = Pairs & { readonly folder: string; readonly clients: number }

export type Intake = {
  readonly clients: number
  readonly api: Side
  readonly statement: Side
  readonly ratio: Comparison['ratio']
  readonly pairs: number
}

/**
 * Orders taken by the API beside the statement that they come down to, sent by one process straight to the Data API,
 * in turns on one database. The platform is made for it in `folder` and ended.
 */
export async function measureIntake(options: IntakeOptions): Promise<Intake> {
  const { folder: dataFolder, signal } = options
  const port = await freePorts(listeners.length)
  const platform = await startPlatform({ dataFolder, port, without: idle }, signal)
  try {
    return await measureOn(platform, options, port)
  } finally {
    await platform.close()
  }
}

async function measureOn(platform: Platform, options: IntakeOptions, port: number): Promise<Intake> {
  const { folder, clients } = options
  const addresses = addressesFrom(port)
  const { apiUrl, secretKey } = platform.local
  const file = { SECRET_KEY: secretKey, FILE_ID: await uploadPoster(platform.local, folder) }
  const queue = openProcessQueue(addresses.url('queue'), queueUrl(addresses, queues.process))
  const started: LoadProcess[] = []
  const start = async (name: string, environment: Readonly<Record<string, string>>): Promise<LoadProcess> => {
    const process = await startLoadProcess(join(import.meta.dirname, name), { ...file, ...environment })
    started.push(process)
    return process
  }
  try {
    const working = (...names: readonly string[]) => names.map((name) => ({ name, pid: () => platform.pidOf(name) }))
    const posts = {
      ...{ clients, client: await start('post-orders.ts', { API_URL: apiUrl }) },
      workers: working('order-api', 'data-api', 'postgres', 'queue'),
      settle: queue.expect,
    }
    const cloud = { ...cloudEnvironment(addresses), ...databaseEnvironment }
    const statements = {
      ...{ clients, client: await start('send-statements.ts', cloud) },
      workers: working('data-api', 'postgres'),
      settle: async () => undefined,
    }
    const { first: api, second: statement, ratio, pairs } = await compare(posts, statements, options)
    return { clients, api, statement, ratio, pairs }
  } finally {
    for (const process of started) await process.close()
    queue.close()
  }
}
