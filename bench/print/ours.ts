import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeOurs } from './ours/make-ours.ts'
import { works } from './row.ts'

/**
 * One conversion by our own rooms in a fresh process: `node ours.ts WORK IN OUT [TIMES]`. Writes OUT/out.pdf and prints the
 * milliseconds of each conversion as JSON: the first one is cold, the others find warm engines.
 */
const [name, input = '', out = '', times = '1'] = process.argv.slice(2)
const work = works.find((each) => each === name)
if (!work) throw new Error(`The work is one of ${works.join(', ')}`)
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
