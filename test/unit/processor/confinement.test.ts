import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { codeCache, fillCodeCache } from '../../../services/processor/sandbox/code-cache.ts'
import {
  type Confinement,
  confinedCommand,
  confinedTool,
  detectConfinement,
} from '../../../services/processor/sandbox/confinement.ts'

let folder: string
let canary: Server
let port = 0
let connections = 0
let how: Confinement

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confined-'))
  how = await detectConfinement()
  canary = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  const address = canary.address()
  if (typeof address === 'object' && address) port = address.port
})

afterAll(async () => {
  await new Promise((resolve) => canary.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

/** Runs hostile code where a converter would run, and gives what it printed, or how it ended. */
async function confined(code: string): Promise<string> {
  const script = join(folder, 'hostile.mjs')
  await writeFile(script, code)
  const [command, ...rest] = confinedCommand(how, script, folder)
  try {
    const { stdout } = await promisify(execFile)(command, rest, { env: {}, timeout: 30_000 })
    return stdout.trim()
  } catch (error) {
    return error instanceof Error ? `ended: ${error.message.slice(-400)}` : String(error)
  }
}

describe('Code that took over the converter', () => {
  test('reaches no network, where the kernel permits to take it away', async ({ skip }) => {
    if (how === 'limits only') skip('neither bubblewrap nor a network namespace may be used here')
    const said = await confined(`
      import { connect } from 'node:net'
      connect(${port}, '127.0.0.1').on('error', (error) => console.log(error.code)).on('connect', () => console.log('in'))`)
    expect(said).toBe('ECONNREFUSED')
    expect(connections).toBe(0)
  })

  test('reads no file of the machine', async () => {
    expect(
      await confined(`import { readFileSync } from 'node:fs'; console.log(readFileSync('/etc/passwd', 'utf8'))`),
    ).toMatch(/ERR_ACCESS_DENIED|ENOENT/)
  })

  test('starts no program', async () => {
    expect(await confined(`import { execSync } from 'node:child_process'; console.log(execSync('id'))`)).toContain(
      'ERR_ACCESS_DENIED',
    )
  })

  test('writes nowhere but into its folder', async () => {
    expect(
      await confined(`import { writeFileSync } from 'node:fs'; writeFileSync('${tmpdir()}/escaped', 'x')`),
    ).toContain('ERR_ACCESS_DENIED')
  })

  test('changes nothing of the compiled code that later converters run', async ({ skip }) => {
    await fillCodeCache(createLog('test', 'fatal'), AbortSignal.timeout(30_000))
    if (how !== 'bubblewrap' || !existsSync(codeCache)) skip('compiled code is shared in bubblewrap alone')
    const said = await confined(`
      import { writeFileSync } from 'node:fs'
      try { writeFileSync(${JSON.stringify(join(codeCache, 'mine'))}, 'x'); console.log('written') }
      catch (error) { console.log(error.code) }`)
    expect(said).toBe('EROFS')
  })

  test('has no place in memory to fill, where bubblewrap shuts it in', async ({ skip }) => {
    if (how !== 'bubblewrap') skip('other folders are the machine’s own here')
    const places = ['/tmp', '/dev', '/dev/shm', '/', folder]
    const tries = places.map((place) => `(echo x > ${place}/filled) 2>/dev/null && echo ${place}`).join('; ')
    const [command, ...rest] = confinedTool(how, ['/bin/sh', '-c', `${tries}; cat /dev/null`], folder)
    const { stdout } = await promisify(execFile)(command, rest, { env: {} })
    expect(stdout.trim()).toBe(folder)
  })

  test.skipIf(process.platform !== 'linux')('is ended when it takes too much memory', async () => {
    const said = await confined(`
      const kept = []
      for (let i = 0; i < 40; i += 1) kept.push(Buffer.alloc(100_000_000, 1))
      console.log('still here')`)
    expect(said).not.toContain('still here')
  })
})
