import { mkdir, rm } from 'node:fs/promises'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { works } from './row.ts'

/**
 * One conversion by our own rooms in a fresh process: `node ours.ts WORK IN OUT [TIMES]`. Writes OUT/out.pdf and prints the
 * milliseconds of each conversion as JSON: the first one is cold, the others find warm engines.
 */
const [name, input = '', out = '', times = '1'] = process.argv.slice(2)
const work = works.find((each) => each === name)
if (!work) throw new Error(`The work is one of ${works.join(', ')}`)
// As in the command line tool: types are stripped and code is compiled once a machine, not once a start.
enableCompileCache(join(input, 'compile-cache'))
const { makeOurs } = await import('./ours/make-ours.ts')
const tookMs: number[] = []
for (let turn = 0; turn < Number(times); turn += 1) {
  const home = join(out, `job-${turn}`)
  await mkdir(home)
  const beganAt = performance.now()
  await makeOurs(work, input, home, join(out, 'out.pdf'))
  tookMs.push(Math.round(performance.now() - beganAt))
  await rm(home, { recursive: true })
}
process.stdout.write(JSON.stringify(tookMs))
