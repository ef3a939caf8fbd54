import { appendFile, copyFile, readFile, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileRole } from '#contracts/catalogue/product.ts'
import type { Facts } from '../../../services/processor/inspect/facts.ts'
import { leftUnproven, mayBeUnproven } from '../../../services/processor/job/unproven.ts'
import { twoAtATime } from '../../../services/processor/pictures/two-at-a-time.ts'
import { planJob } from '../../../services/processor/plan/plan-job.ts'
import { produce } from '../../../services/processor/produce/produce.ts'
import { inputPaths } from '../inputs/input-paths.ts'
import type { Work } from '../row.ts'
import { productFor } from './products.ts'

/** Inspect, plan, produce and assemble in this process: the rooms themselves, without sandbox, queue, store and previews. */
export async function makeOurs(work: Work, input: string, home: string, out: string): Promise<void> {
  const sources = await linkSources(work, input, home)
  const asked = mayBeUnproven(sources, productFor(work))
  const facts = await twoAtATime(asked, ({ path, format, unprovenAbovePx }) =>
    format === 'pdf' ? factsOfPdf(path) : factsOfPhoto(path, work, unprovenAbovePx),
  )
  const planned = planJob({
    product: productFor(work),
    title: undefined,
    options: {},
    sources: sources.flatMap(({ role, label }, index) => {
      const seen = facts[index]
      return seen ? [{ role, label, facts: seen }] : []
    }),
  })
  if (planned.outcome === 'reject') throw new Error(`Refused: ${JSON.stringify(planned.findings)}`)
  const made = await produce(home, planned.plan, leftUnproven(sources, facts), '0123456789abcdef0123456789abcdef')
  const [output] = made.outputs
  if (!output) throw new Error('No print file was made')
  await put(home, output, out)
}

/** Engines are loaded by whoever needs them, as in the command line tool; no cover is made, so no colours are looked for. */
async function factsOfPdf(path: string): Promise<Facts> {
  const { inspectPdf } = await import('../../../services/processor/inspect/inspect-pdf.ts')
  return await inspectPdf(path, false)
}

async function factsOfPhoto(path: string, work: Work, unprovenAbovePx: number | undefined): Promise<Facts> {
  const { headerFacts } = await import('./header-facts.ts')
  if (work === 'passed-unchecked') return await headerFacts(path)
  const { inspectImage } = await import('../../../services/processor/inspect/inspect-image.ts')
  return await inspectImage(path, 'jpeg', unprovenAbovePx)
}

type Source = { readonly file: string; readonly path: string; readonly label: string } & {
  readonly role: FileRole
  readonly unprovenAbovePx?: number
  readonly isUnproven?: boolean
  readonly format: 'pdf' | 'jpeg'
}

async function linkSources(work: Work, input: string, home: string): Promise<readonly Source[]> {
  const paths = inputPaths(input)
  const [role, format, files]: readonly [FileRole, 'pdf' | 'jpeg', readonly string[]] =
    work === 'magazine' || work === 'large' || work === 'pages'
      ? ['interior', 'pdf', [paths[work]]]
      : work === 'canvas'
        ? ['image', 'jpeg', [paths.canvas]]
        : ['images', 'jpeg', paths.photos]
  return await Promise.all(
    files.map(async (original, index) => {
      const file = `source-${index}`
      await symlink(original, join(home, file))
      return { file, path: join(home, file), label: `${role}/${index + 1}`, role, format }
    }),
  )
}

/** With a base, the print file is that source's bytes and what was appended: copied here, part by part in the cloud. */
async function put(home: string, output: { readonly file: string; readonly base?: string }, out: string) {
  if (output.base === undefined) return await rename(join(home, output.file), out)
  await rm(out, { force: true })
  await copyFile(join(home, output.base), out)
  await appendFile(out, await readFile(join(home, output.file)))
}
