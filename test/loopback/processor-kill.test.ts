import { readdirSync, readFileSync } from 'node:fs'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { picture } from '../fixtures/processor/pictures.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld | undefined

afterEach(async () => {
  await world?.close()
  world = undefined
})

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

test.skipIf(process.platform !== 'linux')(
  'a converter killed in the middle of a book: the next delivery makes only the missing pictures',
  { timeout: 180_000 },
  async () => {
    const events: Readonly<Record<string, unknown>>[] = []
    const log = pino({ messageKey: 'event' }, { write: (line) => void events.push(JSON.parse(line)) })
    const running = await startProcessorWorld({ log })
    world = running
    const pictures = await Promise.all(
      Array.from({ length: 24 }, (_, shade) => picture({ widthPx: 1400 + shade, heightPx: 1400, hue: shade * 15 })),
    )
    const sources = pictures.map((bytes, position) => ({ role: 'images' as const, position, bytes }))
    const outputPrefix = 'facilities/fac_test/killed/'
    const ticket = await running.ticket('photobook-210x210', sources, { outputPrefix })
    const pieces = async () => (await running.listed(outputPrefix)).filter((key) => key.includes('/pieces/'))
    await running.send(ticket)
    await vi.waitUntil(async () => (await pieces()).length >= 3, { timeout: 60_000 })
    for (const pid of convertersIn(running.environment.WORK_DIR)) process.kill(pid, 'SIGKILL')
    expect(await running.answer(ticket.ticketId)).toMatchObject({ outcome: 'ready', pages: 24 })
    expect(events.some(({ event, reason }) => event === 'converter_failed' && reason === 'stopped')).toBe(true)
    const made = events.find(({ event }) => event === 'print_files_made')
    expect(Number(made?.broughtBack)).toBeGreaterThanOrEqual(3)
    expect(Number(made?.newPieces)).toBeLessThanOrEqual(24 - Number(made?.broughtBack) + 1)
    expect(await pieces()).toEqual([])
  },
)
