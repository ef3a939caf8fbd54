import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FacilityHeartbeat } from '#contracts/messages/facility-heartbeat.ts'
import { matches } from '#contracts/parse.ts'
import { makeEnrolmentCode } from '../../services/order-api/enrolment/make-code.ts'
import { enrol } from '../../services/print-client/credentials/enrol.ts'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'

const facilityId = 'fac_leipzig'
const main = join(import.meta.dirname, '..', '..', 'services', 'print-client', 'main.ts')
let api: ApiUnderTest
let folder: string
/** Stands before the API and loses its answers while told to. */
let lossy: Server
let lost = 0
const children: ChildProcess[] = []

beforeAll(async () => {
  api = await startApi()
  folder = mkdtempSync(join(tmpdir(), 'enrol-'))
  lossy = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${api.url}${incoming.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) })
    const text = await answer.text()
    if (lost > 0) {
      lost -= 1
      incoming.socket.destroy()
    } else outgoing.writeHead(answer.status, headers).end(text)
  })
  lossy.listen(0, '127.0.0.1')
  await once(lossy, 'listening')
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  lossy?.close()
  await api?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** No address and no credential of AWS: what enrolment gives must do. */
const bare = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' }
const start = (...words: string[]): ChildProcess => {
  const child = spawn(process.execPath, [main, ...words], { env: bare, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}
async function run(...words: string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = start(...words)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, said }
}

const quick = { now: () => new Date(), sleep: async () => undefined }
const lossyUrl = (): string => {
  const address: AddressInfo | string | null = lossy.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
const codeFor = async (apiUrl = api.url): Promise<string> =>
  (await makeEnrolmentCode(api.database, { facilityId, name: undefined, hours: 24, apiUrl }, new Date()))?.code ?? ''
const place = (name: string) => {
  const base = join(folder, name)
  mkdirSync(base)
  return { base, config: join(base, 'facility.json'), credentials: join(base, 'state', 'credentials.json') }
}
const textOf = (path: string): string => readFileSync(path, 'utf8')
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

describe('one pasted code', () => {
  test('sets a machine up: the client starts with it and nothing else, and is heard as its own facility', async () => {
    const { config, credentials } = place('new')
    const { code, said } = await run('enrol', await codeFor(), '--config', config)
    expect([code, said]).toEqual([0, expect.stringContaining(`is let in at ${facilityId}`)])
    expect([modeOf(credentials), JSON.parse(textOf(config)).stateFolder]).toEqual(['600', 'state'])
    writeFileSync(config, JSON.stringify({ ...JSON.parse(textOf(config)), page: false }))
    const running = start('--config', config)
    const heard = await heartbeat()
    const { accessKeyId, clientId } = JSON.parse(textOf(credentials))
    expect(heard.body).toMatchObject({ facilityId, clientId, accessKeyId, isTaking: true })
    const sql = `select to_jsonb(facility_id) as row from facility_clients where principal_id = :sender::text`
    expect(await api.database.rows(Type.String(), sql, { sender: heard.sender })).toEqual([facilityId])
    running.kill('SIGTERM')
    expect(await once(running, 'exit')).toEqual([0, null])
  })

  async function heartbeat() {
    for (;;) {
      const { Messages = [] } = await api.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: api.queueUrl('status'),
          WaitTimeSeconds: 20,
          MessageSystemAttributeNames: ['SenderId'],
        }),
      )
      const body: unknown = JSON.parse(Messages[0]?.Body ?? 'null')
      if (matches(FacilityHeartbeat, body)) return { body, sender: Messages[0]?.Attributes?.SenderId ?? '' }
    }
  }

  test('leaves a configuration as it is, and is asked for the facility that it names', async () => {
    const { base, config, credentials } = place('configured')
    const own = JSON.stringify({ facilityId, hotFolder: 'in', stateFolder: 'state', statusFolder: 'out' })
    writeFileSync(config, own)
    const { said } = await run('enrol', await codeFor(), '--config', config)
    expect([said, textOf(config)]).toEqual([expect.stringContaining('left as it is'), own])
    expect([existsSync(credentials), existsSync(join(base, 'hot'))]).toEqual([true, false])
    const other = place('other')
    writeFileSync(other.config, own.replace(facilityId, 'fac_utrecht'))
    const refused = await run('enrol', await codeFor(), '--config', other.config)
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('is for another facility')])
  })

  test('may be run again: after lost answers it is the same client with the same key, afterwards nothing changes', async () => {
    const { config, credentials } = place('lossy')
    const code = await codeFor(lossyUrl())
    lost = 7
    await expect(enrol({ code, configPath: config }, quick)).rejects.toThrow('Run the same command again')
    expect([existsSync(credentials), lost]).toEqual([false, 2])
    await enrol({ code, configPath: config }, quick)
    const written = textOf(credentials)
    const said = await enrol({ code, configPath: config }, quick)
    expect([said, textOf(credentials)]).toEqual([expect.stringContaining('was let in with this code before'), written])
    expect(existsSync(join(credentials, '..', 'enrolment.json'))).toBe(false)
  })

  test('that is not whole is not sent anywhere, and one that was used elsewhere is refused in words', async () => {
    const { config } = place('refused')
    const code = await codeFor()
    for (const bad of [code.slice(0, -1), code.replace('pce_', 'pce_x'), 'sk_test_123']) {
      expect(await run('enrol', bad, '--config', config)).toMatchObject({
        code: 1,
        said: expect.stringContaining('not the whole of one'),
      })
    }
    await enrol({ code, configPath: place('first').config }, quick)
    await expect(enrol({ code, configPath: config }, quick)).rejects.toThrow('Ask the operator for a new one')
    expect(existsSync(config)).toBe(false)
  })
})

describe.skipIf(process.platform === 'win32')('credentials', () => {
  test('that others can read are not used: the client says so and what to do', async () => {
    const { config, credentials } = place('exposed')
    await enrol({ code: await codeFor(), configPath: config }, quick)
    chmodSync(credentials, 0o644)
    const { code, said } = await run('--config', config)
    expect([code, said]).toEqual([1, expect.stringContaining(`chmod 600 ${credentials}`)])
    chmodSync(credentials, 0o600)
    writeFileSync(credentials, textOf(credentials).slice(0, 40))
    expect(await run('--config', config)).toMatchObject({ code: 1, said: expect.stringContaining('credentials') })
  })
})
