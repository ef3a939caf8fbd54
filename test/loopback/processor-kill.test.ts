import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterEach, expect, test, vi } from 'vitest'
import { jpeg, picture } from '../fixtures/processor/pictures.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld | undefined

afterEach(async () => {
  await world?.close()
  world = undefined
})

/** A converter dies with its bubblewrap: it may be gone when its own turn comes. */
function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Converters whose job folder is this world's: found by their command line. */
function convertersIn(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandOf(pid).includes(folder) && commandOf(pid).includes('sandbox/child.ts'))
    .map(Number)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  } catch {
    // Gone between the listing and the look.
    return ''
  }
}

async function bookOfPictures() {
  const pictures = await Promise.all(
    Array.from({ length: 24 }, (_, shade) => picture({ widthPx: 1400 + shade, heightPx: 1400, hue: shade * 15 })),
  )
  return pictures.map((bytes, position) => ({ role: 'images' as const, position, bytes }))
}

/** Each event of a processor of our own, by name, and the fields that it came with. */
function keepEvents() {
  const events: Readonly<Record<string, unknown>>[] = []
  const log = pino({ messageKey: 'event' }, { write: (line) => void events.push(JSON.parse(line)) })
  return { events, log }
}

test.skipIf(process.platform !== 'linux')(
  'a converter killed in the middle of a book: the next delivery makes only the missing pictures',
  { timeout: 180_000 },
  async () => {
    const { events, log } = keepEvents()
    const running = await startProcessorWorld({ log })
    world = running
    const sources = await bookOfPictures()
    const outputPrefix = 'facilities/fac_test/killed/'
    const ticket = await running.ticket('photobook-210x210', sources, { outputPrefix })
    const pieces = async () => (await running.listed(outputPrefix)).filter((key) => key.includes('/pieces/'))
    await running.send(ticket)
    await vi.waitUntil(async () => (await pieces()).length >= 3, { timeout: 60_000 })
    // One that is idle between two pictures dies unnoticed.
    const isHit = () => events.some(({ event, reason }) => event === 'converter_failed' && reason === 'stopped')
    await vi.waitUntil(
      () => {
        if (!isHit()) for (const pid of convertersIn(running.environment.WORK_DIR)) killed(pid)
        return isHit()
      },
      { timeout: 60_000 },
    )
    expect(await running.answer(ticket.ticketId)).toMatchObject({ outcome: 'ready', pages: 24 })
    const made = events.find(({ event }) => event === 'print_files_made')
    expect(Number(made?.broughtBack)).toBeGreaterThanOrEqual(3)
    expect(Number(made?.newPieces)).toBeLessThanOrEqual(24 - Number(made?.broughtBack) + 1)
    expect(await pieces()).toEqual([])
  },
)

test.skipIf(process.platform !== 'linux')(
  'a processor killed with all it held: its converters end, and the next one goes on from the finished pictures',
  { timeout: 180_000 },
  async () => {
    const { events, log } = keepEvents()
    const running = await startProcessorWorld({ log, isEmpty: true })
    world = running
    const outputPrefix = 'facilities/fac_test/killed-whole/'
    const ticket = await running.ticket('photobook-210x210', await bookOfPictures(), { outputPrefix })
    const pieces = async () => (await running.listed(outputPrefix)).filter((key) => key.includes('/pieces/'))
    await running.send(ticket)
    const main = join(import.meta.dirname, '../../services/processor/main.ts')
    const env = { PATH: process.env.PATH ?? '', ...running.processEnvironment }
    const first = spawn(process.execPath, [main], { stdio: 'ignore', env })
    const ended = once(first, 'exit')
    try {
      await vi.waitUntil(async () => (await pieces()).length >= 3, { timeout: 60_000 })
    } finally {
      first.kill('SIGKILL')
    }
    expect(await ended).toEqual([null, 'SIGKILL'])
    await vi.waitUntil(() => convertersIn(running.environment.WORK_DIR).length === 0, { timeout: 20_000 })
    const kept = (await pieces()).length
    expect(kept).toBeGreaterThanOrEqual(3)
    await running.restart()
    // The queue hands the killed one's ticket on half a minute later; a second delivery of it is as good, and at once.
    await running.send(ticket)
    expect(await running.answer(ticket.ticketId)).toMatchObject({ outcome: 'ready', pages: 24 })
    const made = events.find(({ event }) => event === 'print_files_made')
    // The store may have had one more in hand when its sender was killed.
    expect(Number(made?.broughtBack)).toBeGreaterThanOrEqual(kept)
    expect(Number(made?.newPieces)).toBeLessThanOrEqual(24 - kept + 1)
    expect(await pieces()).toEqual([])
  },
)

test('a photo that is damaged in the middle of a book is named with its page, and all other pages are whole', async () => {
  const running = await startProcessorWorld()
  world = running
  const photos = await Promise.all(
    Array.from({ length: 24 }, (_, shade) => jpeg({ widthPx: 1300, heightPx: 1300 + shade, hue: shade * 15 })),
  )
  const sources = photos.map((bytes, position) => ({
    role: 'images' as const,
    position,
    // The second half of the twelfth never came.
    bytes: position === 11 ? bytes.subarray(0, bytes.length / 2) : bytes,
  }))
  const ticket = await running.ticket('photobook-210x210', sources)
  await running.send(ticket)
  const answer = await running.answer(ticket.ticketId)
  if (answer.outcome !== 'ready') throw new Error(JSON.stringify(answer.findings))
  const damaged = answer.findings.filter(({ code }) => code === 'IMAGE_DAMAGED')
  expect(damaged).toMatchObject([{ file: 'images/12', printedOn: { component: 'interior', pages: [12] } }])
  const interior = answer.printFiles.find(({ component }) => component === 'interior')
  expect(interior?.pages).toBe(24)
  const shown = answer.previews.filter(({ component }) => component === 'interior')
  const grayFeet = await Promise.all(
    shown.map(async ({ key, page }) => ((await hasGrayFoot(await running.stored(key))) ? [page] : [])),
  )
  expect(grayFeet.flat()).toEqual([12])
})

/** Where a JPEG ends early, decoders leave flat gray. */
async function hasGrayFoot(bytes: Buffer): Promise<boolean> {
  const { width, height } = await sharp(bytes).metadata()
  const foot = { left: Math.floor(width / 4), top: height - 30, width: Math.floor(width / 2), height: 20 }
  const { channels } = await sharp(await sharp(bytes).extract(foot).png().toBuffer()).stats()
  return channels.every(({ mean, stdev }) => stdev < 3 && Math.abs(mean - 128) < 6)
}
