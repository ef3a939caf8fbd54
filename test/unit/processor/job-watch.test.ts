import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { confinedTool, detectConfinement } from '../../../services/processor/sandbox/confinement.ts'
import { watchJob } from '../../../services/processor/sandbox/watch-job.ts'

let folder = ''
const started: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watched-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  // One that is being ended may write its last file meanwhile.
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
})

const most = { memoryBytes: 200_000_000, diskBytes: 50_000_000, files: 500 }

/** Code that took over a converter, where a converter runs but free to start programs; gives what it was ended for. */
async function endedFor(command: readonly string[]): Promise<string> {
  const [shell, ...rest] = confinedTool(await detectConfinement(), command, folder)
  const child = spawn(shell, rest, { stdio: 'ignore', env: {} })
  started.push(child)
  let words = 'nothing'
  const watch = watchJob(
    child.pid,
    folder,
    (what) => {
      words = what
      child.kill('SIGKILL')
    },
    most,
  )
  await once(child, 'exit')
  watch.stop()
  return words
}

const script = (code: string): readonly string[] => [process.execPath, '-e', code]
const endless = 'setInterval(() => {}, 1000)'

describe.skipIf(process.platform !== 'linux')(
  'A converter that has been taken over is ended',
  { timeout: 60_000 },
  () => {
    test('when it fills its folder with bytes', async () => {
      const code = `require('node:fs').writeFileSync('FOLDER/x', Buffer.alloc(80_000_000, 1)); ${endless}`
      expect(await endedFor(script(code.replace('FOLDER', folder)))).toMatch(/bytes in its folder/)
    })

    test('when it fills its folder with files that hold nothing', async () => {
      const code = `const fs = require('node:fs'); for (let i = 0; i < 2000; i += 1) fs.writeFileSync('FOLDER/' + i, ''); ${endless}`
      expect(await endedFor(script(code.replace('FOLDER', folder)))).toMatch(/files in its folder/)
    })

    test('when it fills folders in its folder', async () => {
      const code = `const fs = require('node:fs'); for (let i = 0; i < 2000; i += 1) { fs.mkdirSync('0'); process.chdir('0') } ${endless}`
      expect(await endedFor(script(`process.chdir('${folder}'); ${code}`))).toMatch(/files in its folder|bytes in its/)
    })

    test('when many processes take together what none of them may', async () => {
      const one = `const kept = Buffer.alloc(60_000_000, 1); ${endless}; kept.length`
      const code = `for (let i = 0; i < 5; i += 1) require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(one)}]); ${endless}`
      expect(await endedFor(script(code))).toMatch(/bytes of memory in all its processes/)
    })

    test('when it keeps bytes in files that lie in memory and are in no process’s size', async ({ skip }) => {
      const python = `import os,time\nf=os.memfd_create("x")\nfor i in range(300): os.write(f, b"x"*1000000)\ntime.sleep(60)`
      const probe = spawn('python3', ['-c', 'import os; os.memfd_create'], { stdio: 'ignore' })
      const [code] = await Promise.race([once(probe, 'exit'), once(probe, 'error')])
      if (code !== 0) skip('nothing here that makes such files')
      expect(await endedFor(['/usr/bin/env', 'python3', '-c', python])).toMatch(/bytes of memory in all its processes/)
    })
  },
)
