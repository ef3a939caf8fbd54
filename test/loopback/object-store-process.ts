import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { credentials } from './object-store-fixture.ts'

export type StoreProcess = {
  readonly url: string
  readonly child: ChildProcess
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** The store as a service of its own, as the supervisor starts it. The caller ends it, in a finally. */
export async function startStoreProcess(dataDir: string, bucket: string): Promise<StoreProcess> {
  const main = join(import.meta.dirname, '../../local/cloud/object-store/main.ts')
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      LISTEN_PORT: '0',
      DATA_DIR: dataDir,
      BUCKETS: bucket,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  })
  const exited = once(child, 'exit')
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal)
    await exited
  }
  if (!child.stdout) throw new Error('the store has no output to read')
  for await (const line of createInterface(child.stdout)) {
    const port = /"port":"(\d+)".*"event":"listening"/.exec(line)?.[1]
    if (port !== undefined) return { url: `http://127.0.0.1:${port}`, child, end }
  }
  throw new Error('the store ended before it listened')
}
