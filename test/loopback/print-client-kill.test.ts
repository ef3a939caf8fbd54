import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemClock } from '#chassis/clock.ts'
import { newId } from '#chassis/ids.ts'
import type { CancelTicket } from '#contracts/messages/cancel-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { jobsIn, openWorld, type World } from './print-client-world.ts'

/** More with TEST_KILLS, as `npm run promises` wants (P03: 300). */
const kills = Number(process.env.TEST_KILLS ?? 45)
const jobs = Math.ceil(kills * 0.8)
vi.setConfig({ testTimeout: 60_000 + kills * 3_000, hookTimeout: 30_000 })

const aims = ['anywhere', 'claiming', 'claimed', 'spooling', 'handed_over', 'cancel_asked']
const soon = { timeout: 30_000, interval: 5 }
const clientNames = ['a', 'b', 'c']
const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** One client of the facility as a real process that a supervisor starts again whenever it dies. */
function superviseClient(name: string) {
  const config = world.configOf(name)
  mkdirSync(config.stateFolder, { recursive: true })
  const configPath = join(config.stateFolder, '..', 'facility.json')
  writeFileSync(configPath, JSON.stringify({ ...config, logLevel: 'debug' }))
  const logPath = join(world.folder, `${name}.log`)
  let child: ChildProcess
  let isWanted = true
  let isReady = false
  const start = (): void => {
    child = spawn(process.execPath, ['services/print-client/main.ts', '--config', configPath], {
      env: { ...process.env, ...world.environment, NODE_COMPILE_CACHE: join(world.folder, 'compile-cache') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const log = createWriteStream(logPath, { flags: 'a' })
    isReady = false
    child.stdout?.on('data', (chunk) => {
      log.write(chunk)
      isReady ||= String(chunk).includes('"event":"ready"')
    })
    child.stderr?.pipe(log, { end: false })
    child.once('exit', () => isWanted && start())
  }
  start()
  return {
    config,
    log: () => readFileSync(logPath, 'utf8'),
    isReady: () => isReady,
    kill: () => {
      isReady = false
      return child.kill('SIGKILL')
    },
    stop: async () => {
      isWanted = false
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((done) => child.once('exit', done))
        child.kill('SIGKILL')
        await gone
      }
    },
  }
}

/** Small repeatable random numbers (mulberry32). */
function randomOf(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A job that was ordered; of some it is said at some moment that nobody wants them any more. */
type Sent = { readonly jobId: string; readonly cancel?: CancelTicket }

const cancelOf = ({ jobId, orderId, itemId, facilityId }: ProductionTicket): CancelTicket => {
  const now = new Date()
  const ids = { ticketId: newId('tkt', now), jobId, orderId, itemId, facilityId }
  return { type: 'cancel', issuedAt: now.toISOString(), ...ids }
}

test(`three clients killed ${kills} times print each of ${jobs} doubled tickets exactly once, or never where it is cancelled (seed ${seed})`, async () => {
  process.stdout.write(`print-client-kill seed ${seed} (set TEST_SEED to repeat)\n`)
  const random = randomOf(seed)
  const clients = clientNames.map(superviseClient)
  const ledger: Sent[] = []
  const lastLines = new Map<string, number>()
  try {
    let killed = 0
    const sendAll = async (): Promise<void> => {
      for (let sent = 0; sent < jobs; sent += 1) {
        const ticket = await world.makeTicket({ bytes: 1_000 + Math.floor(random() * 400_000) })
        const cancel = random() < 0.3 ? { cancel: cancelOf(ticket) } : {}
        ledger.push({ jobId: ticket.jobId, ...cancel })
        for (const message of inAnyOrder([ticket, ticket, ...Object.values(cancel)], random)) await world.send(message)
        // Tickets come while clients die: one for every kill or so.
        await vi.waitFor(() => expect(killed).toBeGreaterThanOrEqual(Math.min(kills, sent - 4)), {
          timeout: 60_000,
          interval: 5,
        })
      }
    }
    const killAll = async (): Promise<void> => {
      while (killed < kills) {
        const up = await vi.waitFor(() => someOf(clients.filter(({ isReady }) => isReady())), soon)
        const victim = up[Math.floor(random() * up.length)] ?? up[0]
        const aim = aims[Math.floor(random() * aims.length)]
        const before = journalBytes(victim.config.stateFolder)
        const grow = Math.floor(random() * 6_000)
        // At a step of the protocol or anywhere in its work; one that has nothing to do is killed as it is.
        await vi
          .waitFor(
            () => {
              expect(journalBytes(victim.config.stateFolder)).toBeGreaterThan(before + (aim === 'anywhere' ? grow : 0))
              if (aim !== 'anywhere') expect(lastLineOf(victim.config.stateFolder)).toBe(aim)
            },
            { timeout: 400, interval: 1 },
          )
          .catch(() => undefined)
        if (!victim.kill()) continue
        killed += 1
        const last = lastLineOf(victim.config.stateFolder)
        lastLines.set(last, (lastLines.get(last) ?? 0) + 1)
      }
    }
    await Promise.all([sendAll(), killAll()])
    const said = await answersTo(ledger)
    const isStopped = ({ jobId }: Sent): boolean => said.get(jobId)?.has('cancelled') ?? false
    const handed = clients.flatMap(({ config }) => jobsIn(config.hotFolder)).filter((name) => name.startsWith('job_'))
    expect(handed.toSorted()).toEqual(
      ledger
        .filter((sent) => !isStopped(sent))
        .map(({ jobId }) => jobId)
        .toSorted(),
    )
    for (const { config } of clients) {
      for (const jobId of jobsIn(config.hotFolder).filter((name) => name.startsWith('job_'))) {
        expect(readdirSync(join(config.hotFolder, jobId))).toEqual(expect.arrayContaining(['sheet.pdf', 'ticket.json']))
      }
    }
    process.stdout.write(
      `${ledger.filter(isStopped).length} of ${ledger.filter(({ cancel }) => cancel).length} cancelled in time\n`,
    )
    process.stdout.write(`last journal line at a kill: ${JSON.stringify(Object.fromEntries(lastLines))}\n`)
    const logs = clients.map(({ log }) => log()).join('')
    expect(logs).not.toContain('Ada Test')
    expect(logs).not.toContain('Street 1')
  } finally {
    await Promise.all(clients.map(({ stop }) => stop()))
  }
})

/**
 * What was said of each job, by status: `accepted` of what was handed over, `cancelled` or `cancel_declined` of what is not wanted.
 * Wishes are rung for again, as order-api does. Each is said under one id, however often it is sent.
 */
async function answersTo(ledger: readonly Sent[]): Promise<Said> {
  const said: Said = new Map(ledger.map(({ jobId }) => [jobId, new Map<string, string>()]))
  for (let round = 0; ; round += 1) {
    for (const { jobId, status, statusId } of await world.statuses()) {
      expect(['accepted', 'cancelled', 'cancel_declined']).toContain(status)
      expect(said.get(jobId)?.get(status) ?? statusId).toBe(statusId)
      said.get(jobId)?.set(status, statusId)
    }
    const open = ledger.filter((sent) => !isAnswered(sent, said))
    if (open.length === 0) return said
    if (round > 120) expect.unreachable(`without an answer: ${open.map(({ jobId }) => jobId).join(', ')}`)
    const wishes = round % 8 === 7 ? open.flatMap(({ cancel }) => (cancel ? [cancel] : [])) : []
    for (const wish of wishes) await world.send(wish)
    await systemClock.sleep(250)
  }
}

type Said = Map<string, Map<string, string>>

function isAnswered({ jobId, cancel }: Sent, said: Said): boolean {
  const has = (status: string): boolean => said.get(jobId)?.has(status) ?? false
  return has('cancelled') || (has('accepted') && (cancel === undefined || has('cancel_declined')))
}

function inAnyOrder<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

function journalBytes(stateFolder: string): number {
  const path = join(stateFolder, 'journal.jsonl')
  return existsSync(path) ? readFileSync(path).length : 0
}

/** What the client had journaled last when it died. */
function lastLineOf(stateFolder: string): string {
  const path = join(stateFolder, 'journal.jsonl')
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return /"type":"(\w+)"/.exec(text.trimEnd().split('\n').at(-1) ?? '')?.[1] ?? 'nothing'
}

function someOf<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = list
  if (first === undefined) throw new Error('none yet')
  return [first, ...rest]
}
