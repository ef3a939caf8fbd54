import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMarks } from '../../../services/print-client/outputs/command/marks.ts'
import { lastWordsOf, runShopCommand } from '../../../services/print-client/outputs/command/run-shop-command.ts'
import { listenToFolders } from '../../../services/print-client/outputs/hot-folder/listen-to-folders.ts'
import { isWhole, jobOfName } from '../../../services/print-client/outputs/hot-folder/names-of-job.ts'
import { renameInsisting } from '../../../services/print-client/outputs/hot-folder/rename-insisting.ts'

const jobId = `job_${'0'.repeat(26)}`
const other = `job_${'1'.repeat(26)}`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A clock that goes on a minute at each look. */
function fastClock() {
  let minutes = 0
  return {
    now: () => {
      minutes += 1
      return new Date(Date.UTC(2026, 0, 1, 0, minutes))
    },
  }
}

test('a job is found in names as workflows write them, and in nothing that only looks like one', () => {
  for (const [name, component] of [
    [jobId, undefined],
    [jobId.toUpperCase(), undefined],
    [`${jobId}.pdf`, undefined],
    [`0001_${jobId}-interior.pdf`, 'interior'],
    [`${jobId}_Cover (2).PDF`, 'cover'],
    [`printed ${jobId} sheet.pdf`, 'sheet'],
    [`${jobId}-discovery.pdf`, undefined],
  ] as const) {
    expect(jobOfName(name)).toEqual({ jobId, name, ...(component ? { component } : {}) })
  }
  for (const name of ['sheet.pdf', `${jobId}9`, `x${jobId}`, `.${jobId}.pdf`, 'job_x', `${jobId.slice(0, -1)}`]) {
    expect([name, jobOfName(name)]).toEqual([name, undefined])
  }
})

test('a book whose cover alone is done is not printed; its folder, or both parts, are the whole', () => {
  const entries = (...names: readonly string[]) => names.flatMap((name) => jobOfName(name) ?? [])
  const book = ['interior', 'cover'] as const
  expect(isWhole(entries(`${jobId}-cover.pdf`), book)).toBe(false)
  expect(isWhole(entries(`${jobId}-cover.pdf`, `${jobId}-interior.pdf`), book)).toBe(true)
  expect(isWhole(entries(jobId), book)).toBe(true)
  expect(isWhole(entries(`${jobId}-cover.pdf`), undefined)).toBe(true)
  expect(isWhole([], book)).toBe(false)
})

test('folders of a workflow say nothing where they are away, of other jobs, and before what lies there stands still', async () => {
  const [done, error] = [join(folder, 'done'), join(folder, 'error')]
  const listen = listenToFolders({ done, error, componentsOf: () => undefined, clock: fastClock() })
  expect(await listen([jobId])).toEqual([])
  mkdirSync(join(done, jobId), { recursive: true })
  mkdirSync(join(error, other), { recursive: true })
  expect(await listen([jobId])).toEqual([])
  writeFileSync(join(done, jobId, 'sheet.pdf'), 'more')
  expect(await listen([jobId])).toEqual([])
  const printed = { jobId, status: 'printed' }
  expect(await listen([jobId])).toEqual([printed])
  expect(await listen([jobId])).toEqual([printed])
  expect(await listen([jobId, other])).toEqual([printed])
  const failed = { jobId: other, status: 'failed', cause: 'the shop’s workflow moved it to its error folder' }
  expect(await listen([jobId, other])).toEqual([printed, failed])
})

test('a mark of a command that nobody can read stands for a command that may have run', async () => {
  const marks = await openMarks(folder, new Date())
  expect(await marks.read(jobId)).toBe('has_not')
  for (const possession of ['cannot_tell', 'has', 'has_not'] as const) {
    await marks.write(jobId, possession)
    expect(await marks.read(jobId)).toBe(possession)
  }
  writeFileSync(join(folder, jobId), '\0\0')
  expect(await marks.read(jobId)).toBe('cannot_tell')
  await openMarks(folder, new Date(Date.now() + 151 * 24 * 3_600_000))
  expect(existsSync(join(folder, jobId))).toBe(false)
})

const run = (code: string, limitMilliseconds = 20_000) =>
  runShopCommand({ command: [process.execPath, '-e', code], folder, environment: {}, limitMilliseconds })

test('what a command says last is told; one that is not there, that dies or that hangs is told apart', async () => {
  expect(await run('console.error("a\\nb\\u001b[0m \\n\\n"); process.exit(7)')).toEqual({
    kind: 'exited',
    code: 7,
    lastWords: 'b [0m',
  })
  expect(await run('process.kill(process.pid, "SIGSEGV")')).toMatchObject({ kind: 'cut_off' })
  expect(await run('setInterval(() => {}, 1000)', 200)).toEqual({ kind: 'cut_off', reason: 'SIGKILL' })
  const command = [join(folder, 'none')] as const
  expect(await runShopCommand({ command, folder, environment: {}, limitMilliseconds: 1_000 })).toMatchObject({
    kind: 'never_started',
  })
  expect(await run('process.stderr.write("x".repeat(1e6) + "\\nend"); process.exitCode = 1')).toMatchObject({
    lastWords: 'end',
  })
  expect(lastWordsOf('')).toBe('')
})

test('a rename that cannot be is not tried again: only what passes on Windows is waited for', async () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')]
  mkdirSync(from)
  mkdirSync(join(to, 'x'), { recursive: true })
  const pauses: number[] = []
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds)
  await expect(renameInsisting(from, to, { sleep }, 'linux')).rejects.toMatchObject({ code: 'ENOTEMPTY' })
  await expect(renameInsisting(join(folder, 'gone'), to, { sleep }, 'win32')).rejects.toMatchObject({ code: 'ENOENT' })
  expect(pauses).toEqual([])
})
