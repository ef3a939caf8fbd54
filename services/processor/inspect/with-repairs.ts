import { link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { repairWithQpdf } from '../sandbox/tools.ts'
import { damagedPathOf } from './damaged-copy.ts'
import type { Facts } from './facts.ts'

type Inspect<S> = (sources: S[]) => Promise<{ readonly facts: readonly Facts[] }>

/**
 * Facts of the sources in `folder`, damaged ones after their repair: `inspect` asks the child; what wants a repair gets it
 * from the machine's qpdf and is asked about once more. Runs in the parent, which opens none of the bytes.
 */
export async function withRepairs<S extends { readonly file: string }>(
  folder: string,
  sources: readonly S[],
  inspect: Inspect<S>,
): Promise<{ readonly facts: readonly Facts[] }> {
  const { facts } = await inspect([...sources])
  const damaged = sources.filter((_, index) => wantsRepair(facts[index]))
  if (damaged.length === 0) return { facts }
  for (const { file } of damaged) {
    const path = join(folder, file)
    // A second name, not a copy: a link that a hostile file's converter put in either place is not followed.
    await rm(damagedPathOf(path), { force: true })
    await link(path, damagedPathOf(path))
    await repairWithQpdf(folder, file)
  }
  const again = await inspect(damaged)
  const later = new Map(damaged.map((source, index) => [source, again.facts[index]]))
  return { facts: facts.map((seen, index) => laterFacts(sources[index], later) ?? seen) }
}

const wantsRepair = (facts: Facts | undefined): boolean =>
  facts !== undefined && facts.kind !== 'image' && facts.wantsRepair === true

const laterFacts = <S>(source: S | undefined, later: ReadonlyMap<S, Facts | undefined>): Facts | undefined =>
  source === undefined ? undefined : later.get(source)
