import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { superviseClient } from '../facility/client-process.ts'
import type { PromiseContext, Verdict } from '../promise.ts'
import { openShopFloor } from './shop-floor.ts'

const day = 86_400_000
const offsets = [0, day, -day, 0]
const jobsEach = 3

/** Runs before the client, in its process: what it reads as the time is off by what a file says. Stored as text: it is no part of any service. */
const preload = (path: string): string => `
import { readFileSync } from 'node:fs'
const RealDate = Date
let offset = 0
const look = () => { try { offset = Number(readFileSync(${JSON.stringify(path)}, 'utf8')) } catch {} }
look()
setInterval(look, 50).unref()
globalThis.Date = class extends RealDate {
  constructor(...words) { words.length === 0 ? super(RealDate.now() + offset) : super(...words) }
  static now() { return RealDate.now() + offset }
}
`

/** The clock jumps a day ahead, two days back, and right again, while jobs come; each ticket comes once more after every jump. */
export async function wrongClock({ signal }: PromiseContext): Promise<Verdict> {
  const floor = await openShopFloor('clock', signal)
  const { world } = floor
  const offsetPath = join(world.folder, 'clock-offset')
  const preloadPath = join(world.folder, 'clock.mjs')
  writeFileSync(offsetPath, '0')
  writeFileSync(preloadPath, preload(offsetPath))
  const environment = { NODE_OPTIONS: `--import=${preloadPath}` }
  const client = superviseClient(world, floor.installation, { environment })
  floor.watch()
  try {
    for (const offset of offsets) {
      writeFileSync(offsetPath, String(offset))
      const tickets = await floor.order(jobsEach)
      for (const ticket of tickets) await world.send(ticket)
      const isPrinted = () => tickets.every(({ jobId }) => floor.printed().some((each) => each.jobId === jobId))
      await floor.until(isPrinted, `printed with a clock that is off by ${offset / day} days`)
      // Killed before it has written that down, it would rightly hold what the shop took so quickly.
      await floor.until(async () => {
        await floor.listen()
        return tickets.every(({ jobId }) => floor.saidOf(jobId).includes('accepted'))
      }, 'told')
      // Death in the wrong time, and life after it.
      client.kill()
      for (const ticket of tickets) await world.send(ticket)
    }
    await floor.until(async () => (await world.unacknowledged()) === 0, 'every message is taken')
    return await floor.settle('clock a day ahead and a day behind')
  } finally {
    await client.stop()
    await floor.close()
  }
}
