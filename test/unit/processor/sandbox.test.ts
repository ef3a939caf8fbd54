import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { openSandboxPool, type SandboxPool } from '../../../services/processor/sandbox/pool.ts'
import { InspectAnswer } from '../../../services/processor/sandbox/protocol.ts'
import type { Sandbox } from '../../../services/processor/sandbox/sandbox.ts'
import { withinTime } from '../../../services/processor/sandbox/within-time.ts'
import { documentOf } from '../../fixtures/processor/documents.ts'
import { picture } from '../../fixtures/processor/pictures.ts'

let home: string
let pool: SandboxPool

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sandbox-'))
  await mkdir(join(home, 'work'))
  await writeFile(join(home, 'work', 'left-behind.pdf'), 'of a job that was killed')
  pool = await openSandboxPool(join(home, 'work'), 1, createLog('test', 'fatal'))
})

afterAll(async () => {
  await pool?.close()
  await rm(home, { recursive: true, force: true })
})

const patient = { timeout: 60_000 }

async function withSandbox<T>(use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = await pool.take()
  try {
    return await use(sandbox)
  } finally {
    await pool.giveBack(sandbox)
  }
}

const inspecting = (sandbox: Sandbox, format: 'pdf' | 'png', limitMilliseconds = 30_000) =>
  sandbox.ask(
    { task: 'inspect', sources: [{ file: 'source-0', format, label: 'x' }] },
    InspectAnswer,
    limitMilliseconds,
  )

describe('The converter', () => {
  test('begins with an empty folder, whatever a killed predecessor left', patient, async () => {
    expect(await readdir(join(home, 'work'))).not.toContain('left-behind.pdf')
  })

  test('tells the facts of a file', patient, async () => {
    await withSandbox(async (sandbox) => {
      await writeFile(join(sandbox.folder, 'source-0'), await documentOf({ pages: 3, widthMm: 100, heightMm: 150 }))
      const { facts } = await inspecting(sandbox, 'pdf')
      expect(facts).toMatchObject([{ kind: 'pdf', pageCount: 3, wasRepaired: false, look: { isBlank: false } }])
    })
  })

  test('has one limit for all that one job asks of it', patient, async () => {
    await withSandbox(async (sandbox) => {
      await writeFile(join(sandbox.folder, 'source-0'), await documentOf({ pages: 3, widthMm: 100, heightMm: 150 }))
      await sandbox.warm
      let timeMs = 0
      const limited = withinTime(sandbox, 30_000, () => timeMs)
      await inspecting(limited, 'pdf')
      timeMs = 30_000
      await expect(inspecting(limited, 'pdf')).rejects.toMatchObject({ reason: 'limit' })
    })
  })

  test('sees how coarse a picture is placed in a PDF', patient, async () => {
    await withSandbox(async (sandbox) => {
      const document = await PDFDocument.create()
      const embedded = await document.embedPng(await picture({ widthPx: 200, heightPx: 200 }))
      document.addPage([288, 288]).drawImage(embedded, { x: 0, y: 0, width: 288, height: 288 })
      await writeFile(join(sandbox.folder, 'source-0'), await document.save())
      const { facts } = await inspecting(sandbox, 'pdf')
      expect(facts).toMatchObject([{ pages: [{ coarsestDpi: 50 }] }])
    })
  })

  test('refuses formats that are not sold, even when the parent is wrong about one', patient, async () => {
    await withSandbox(async (sandbox) => {
      await writeFile(
        join(sandbox.folder, 'source-0'),
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      )
      expect(await inspecting(sandbox, 'png')).toMatchObject({ facts: [{ kind: 'unreadable' }] })
    })
  })

  test('cannot read outside its folder', patient, async () => {
    await withSandbox(async (sandbox) => {
      await writeFile(join(home, 'secret'), await picture({ widthPx: 20, heightPx: 20 }))
      const request = {
        task: 'inspect' as const,
        sources: [{ file: '../../secret', format: 'png' as const, label: 'x' }],
      }
      await expect(sandbox.ask(request, InspectAnswer, 10_000)).rejects.toMatchObject({ name: 'SandboxError' })
    })
  })

  test('that takes too long is ended, and the next one works', patient, async () => {
    await withSandbox(async (sandbox) => {
      await sandbox.warm
      await writeFile(join(sandbox.folder, 'source-0'), await picture({ widthPx: 6000, heightPx: 6000 }))
      await expect(inspecting(sandbox, 'png', 1)).rejects.toMatchObject({ name: 'SandboxError', reason: 'limit' })
    })
    await withSandbox(async (sandbox) => {
      await writeFile(join(sandbox.folder, 'source-0'), await picture({ widthPx: 50, heightPx: 50 }))
      expect(await inspecting(sandbox, 'png')).toMatchObject({ facts: [{ kind: 'image', widthPx: 50 }] })
    })
  })

  test('that is killed says so instead of hanging', patient, async () => {
    await withSandbox(async (sandbox) => {
      await sandbox.warm
      const asked = inspecting(sandbox, 'pdf')
      sandbox.kill()
      await expect(asked).rejects.toMatchObject({ name: 'SandboxError', reason: 'stopped' })
    })
  })

  test('whose folder cannot be made is told to the next job alone, and ends nothing', patient, async () => {
    const work = join(home, 'full')
    const full = await openSandboxPool(work, 1, createLog('test', 'fatal'))
    try {
      const first = await full.take()
      await writeFile(join(work, `job-${process.pid}-2`), 'in the way')
      await full.giveBack(first)
      await expect(full.take()).rejects.toMatchObject({ code: 'EEXIST' })
      const next = await full.take()
      await next.warm
      await full.giveBack(next)
    } finally {
      await full.close()
    }
  })

  test('leaves no folder behind', patient, async () => {
    const folder = await withSandbox(async (sandbox) => sandbox.folder)
    expect(await readdir(join(home, 'work'))).not.toContain(folder.split('/').at(-1))
  })

  test('that is busy goes with the parent, where the kernel does not see to it', patient, async () => {
    const watchdog = new URL('../../../services/processor/sandbox/watchdog.ts', import.meta.url).href
    const busy = join(home, 'busy.mjs')
    const parent = join(home, 'parent.mjs')
    await writeFile(
      busy,
      `import { writeSync } from 'node:fs'
      import { dieWithParent } from '${watchdog}'
      dieWithParent()
      // The thread begins before the loop does.
      setTimeout(() => { writeSync(1, String(process.pid)); for (;;); }, 300)`,
    )
    await writeFile(
      parent,
      `import { spawn } from 'node:child_process'
      spawn(process.execPath, ['${busy}'], { stdio: ['pipe', 'inherit', 'ignore'] })`,
    )
    const killed = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = Number(await new Promise((resolve) => killed.stdout.once('data', resolve)))
    killed.kill('SIGKILL')
    await vi.waitUntil(() => !isAlive(pid), { timeout: 20_000 })
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
