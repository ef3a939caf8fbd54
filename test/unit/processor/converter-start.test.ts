import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = join(import.meta.dirname, '../../../services/processor/sandbox/child.ts')

/** Tells the packages whose modules were loaded, on the way out. */
const hook = `
  import { registerHooks } from 'node:module'
  import { writeSync } from 'node:fs'
  const packages = new Set()
  registerHooks({ load: (url, context, next) => {
    packages.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1] ?? '')
    return next(url, context)
  } })
  process.on('exit', () => writeSync(1, JSON.stringify([...packages])))
`

test('a converter, started twice for every job, loads engines and no checker of contracts: the parent checks what it asks', () => {
  const loaded: unknown = JSON.parse(
    execFileSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, script, '/nowhere'],
      {
        // Its input is at its end from the start; its one answer goes into the fourth pipe.
        stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
        encoding: 'utf8',
      },
    ),
  )
  expect(loaded).toContain('sharp')
  expect(loaded).not.toContain('typebox')
})
