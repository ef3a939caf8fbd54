import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { superviseClient } from '../facility/client-process.ts'
import type { PromiseContext, Verdict } from '../promise.ts'
import { openShopFloor, type ShopFloor } from './shop-floor.ts'

const mebibyte = 1024 * 1024
const diskMebibytes = 48
const jobsEach = 4

/** A client whose folders, or its hot folder alone, lie on a small disk that nobody else has. */
async function onDisk<T>(
  name: string,
  signal: AbortSignal,
  isAllThere: boolean,
  use: (floor: ShopFloor, disk: Disk) => Promise<T>,
): Promise<T> {
  // Made by the client's own start, in its own mount namespace.
  const place = join('/mnt', `printcloud-${name}-${process.pid}`)
  const floor = await openShopFloor(name, signal, isAllThere ? { place } : { hotPlace: place })
  mkdirSync(place, { recursive: true })
  const script = `mount -t tmpfs -o size=${diskMebibytes}m tmpfs "$0" && mkdir "$0/hot" && exec "$@"`
  const client = superviseClient(floor.world, floor.installation, {
    within: ['unshare', '-m', 'sh', '-c', script, place],
  })
  try {
    await floor.until(client.isReady, 'the client is ready')
    const seen = `/proc/${client.pid()}/root${place}`
    return await use(floor, {
      hotFolder: join(seen, 'hot'),
      path: seen,
      log: client.log,
      remount: (mode) => {
        const words = ['-t', String(client.pid()), '-m', 'mount', '-o', `remount,${mode}`, place]
        const { status, stderr } = spawnSync('nsenter', words, { encoding: 'utf8' })
        if (status !== 0) throw new Error(stderr)
      },
    })
  } finally {
    await client.stop()
    await floor.close()
    rmSync(place, { recursive: true, force: true })
  }
}

type Disk = {
  readonly hotFolder: string
  readonly path: string
  readonly log: () => string
  readonly remount: (mode: 'ro' | 'rw') => void
}

/** No byte is left, then there is room again, and jobs come that do not fit beside one another. */
export const fullDisk = ({ signal }: PromiseContext): Promise<Verdict> =>
  onDisk('full', signal, true, async (floor, disk) => {
    const shop = floor.watch(disk.hotFolder)
    const filler = join(disk.path, 'filler')
    fill(filler)
    await floor.order(jobsEach)
    await floor.until(() => disk.log().includes('taking_paused'), 'the client says that it takes nothing')
    await floor.untilSaid(false)
    const faults = floor.printed().map(({ jobId }) => `${jobId} was handed over on a full disk`)
    rmSync(filler)
    // The shop rests, so that the disk fills up with whole jobs while others are on their way.
    shop.open(false)
    await floor.order(jobsEach, 12 * mebibyte)
    await floor.until(() => /no space left|is full/.test(disk.log()), 'the disk is full again')
    shop.open(true)
    const verdict = await floor.settle('disk full, twice')
    await floor.untilSaid(true)
    return { ...verdict, faults: [...faults, ...verdict.faults] }
  })

/** The hot folder cannot be written any more while jobs come. */
export const readOnly = ({ signal }: PromiseContext): Promise<Verdict> =>
  onDisk('readonly', signal, false, async (floor, disk) => {
    floor.watch(disk.hotFolder)
    const [first] = await floor.order(1)
    await floor.until(() => floor.printed().some(({ jobId }) => jobId === first?.jobId), 'the first is printed')
    disk.remount('ro')
    const before = floor.printed().length
    await floor.order(jobsEach)
    await floor.until(() => disk.log().includes('taking_paused'), 'the client says that it takes nothing')
    await floor.untilSaid(false)
    const faults = floor.printed().length > before ? ['a job came into a folder that cannot be written'] : []
    disk.remount('rw')
    const verdict = await floor.settle('folder read-only')
    await floor.untilSaid(true)
    return { ...verdict, faults: [...faults, ...verdict.faults] }
  })

function fill(path: string): void {
  for (;;) {
    try {
      writeFileSync(path, Buffer.alloc(64 * 1024), { flag: 'a' })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return
      throw error
    }
  }
}
