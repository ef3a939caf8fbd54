import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from '../../../services/print-client/journal/lock.ts'

let folder: string
let child: ChildProcess | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** Another process that holds the folder until it is killed. */
async function otherHolds(): Promise<ChildProcess> {
  const script = `import { lockFolder } from './services/print-client/journal/lock.ts'
    await lockFolder(process.argv[1]); process.send('held'); setInterval(() => undefined, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child = other
  await new Promise((held) => other.once('message', held))
  return other
}

test('a state folder in use is refused with the process that holds it', async () => {
  const other = await otherHolds()
  await expect(lockFolder(folder)).rejects.toThrow(`Process ${other.pid} already runs a print client`)
})

test('the lock of a killed client is taken over, and given up it is free', async () => {
  const other = await otherHolds()
  const gone = new Promise((done) => other.once('exit', done))
  other.kill('SIGKILL')
  await gone
  const unlock = await lockFolder(folder)
  await unlock()
  await otherHolds()
})
