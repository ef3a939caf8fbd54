import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { type Clock, systemClock } from '#chassis/clock.ts'
import type { AccessKey } from '#contracts/facility-grant.ts'
import { makeEnrolmentCode } from '../../services/order-api/enrolment/make-code.ts'
import type { KeySweep } from '../../services/order-api/enrolment/sweep-facility-keys.ts'
import { openCredentials } from '../../services/print-client/credentials/credentials.ts'
import { enrol } from '../../services/print-client/credentials/enrol.ts'
import { openClients } from '../../services/print-client/credentials/open-clients.ts'
import { takeNextKey } from '../../services/print-client/credentials/take-next-key.ts'
import { startApi } from './order-api/platform.ts'

export const facilityId = 'fac_utrecht'
export const day = 86_400_000
const { signal } = new AbortController()
const log = { info: () => undefined, warn: () => undefined }

export type KeysWorld = Awaited<ReturnType<typeof openKeysWorld>>
export type Installed = Awaited<ReturnType<KeysWorld['letIn']>>
type Client = { readonly path: string; readonly clientId: string }
type Adopt = (own: (key: AccessKey) => Promise<void>, key: AccessKey) => Promise<void>

/** A platform whose time is moved by hand, and print clients that were let in, as their machines have them on the disk. */
export async function openKeysWorld() {
  const api = await startApi()
  const folder = mkdtempSync(join(tmpdir(), 'facility-keys-'))
  let now = Date.now()
  const clock: Clock = { now: () => new Date(now), sleep: systemClock.sleep }
  const keyOnDisk = async (path: string): Promise<string> =>
    (await openCredentials(path, log, clock)).current().accessKeyId

  /** A client that was let in, as its machine has it on the disk. */
  async function letIn(name: string) {
    const wanted = { facilityId, name, hours: 24, apiUrl: api.url }
    api.clock.now = clock.now()
    const made = await makeEnrolmentCode(api.database, wanted, clock.now())
    const base = mkdtempSync(join(folder, 'client-'))
    await enrol({ code: made?.code ?? '', configPath: join(base, 'facility.json') }, clock)
    const path = join(base, 'state', 'credentials.json')
    const { clientId } = (await openCredentials(path, log, clock)).current()
    return { path, clientId, keyOnDisk: () => keyOnDisk(path) }
  }

  const sweepWith = (parts: Partial<KeySweep> = {}): KeySweep => ({
    ...{ database: api.database, keys: api.context.enrolling.keys, s3: api.s3, bucket: 'print-files' },
    ...{ now: clock.now, log: api.context.log, ...parts },
  })

  /** What the worker does with a heartbeat that it believes. */
  const hear = async ({ clientId, path }: Client): Promise<void> => {
    const doc = JSON.stringify({ accessKeyId: await keyOnDisk(path) })
    const sql = `insert into facility_heartbeats (facility_id, client_id, heard_at, doc)
      values (:facility::text, :client::text, :at::timestamptz, :doc::jsonb)
      on conflict (facility_id, client_id) do update set heard_at = excluded.heard_at, doc = excluded.doc
      returning to_jsonb(1) as row`
    const parameters = { facility: facilityId, client: clientId, at: clock.now().toISOString(), doc }
    await api.database.rows(Type.Unknown(), sql, parameters)
  }

  /** Whether the key that lies on the client's disk opens its files and its queue. */
  async function works({ path }: Client): Promise<boolean> {
    const { s3, sqs } = await openClients(path, api.context.log, clock)
    try {
      await s3.send(new GetObjectCommand({ Bucket: 'print-files', Key: `facilities/${facilityId}/none` }))
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NoSuchKey') return false
    }
    const QueueUrl = api.queueUrl(`facility-${facilityId}`)
    const isHeard = await sqs.send(new ReceiveMessageCommand({ QueueUrl })).then(
      () => true,
      () => false,
    )
    s3.destroy()
    sqs.destroy()
    return isHeard
  }

  async function look(client: Client, adopt?: Adopt) {
    const { s3, sqs } = await openClients(client.path, api.context.log, clock)
    const credentials = await openCredentials(client.path, log, clock)
    const cut = adopt ? { ...credentials, adopt: (key: AccessKey) => adopt(credentials.adopt, key) } : credentials
    try {
      return await takeNextKey({ s3, credentials: cut, log, signal })
    } finally {
      s3.destroy()
      sqs.destroy()
    }
  }

  const keysOf = ({ clientId }: Client): number => {
    const names = readdirSync(api.facilityKeysFolder)
    const all = names.map((name) => JSON.parse(readFileSync(join(api.facilityKeysFolder, name), 'utf8')))
    return all.filter((key) => key.clientId === clientId).length
  }

  return {
    ...{ api, clock, letIn, sweepWith, hear, works, look, keysOf },
    pass: (milliseconds: number): void => {
      now += milliseconds
    },
    close: async () => {
      await api.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
