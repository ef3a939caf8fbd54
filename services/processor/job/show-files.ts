import type { Log } from '#chassis/log.ts'
import type { Facts } from '../inspect/facts.ts'
import { ShowAnswer } from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'
import type { Checked } from './check-files.ts'
import { mustBeShownPages } from './showable.ts'
import type { RoledFile } from './unpack-archives.ts'

/** Enough to see that it is the right file the right way up. */
const mostPages = 6
/** A page that takes longer is left out; production gives it its time. */
const limitMilliseconds = 8_000

/**
 * Pictures of the first pages in the converter's folder, which is ended: what it has drawn can no longer be changed. A converter that
 * breaks on drawing says nothing about the files that it has looked into: then there are no pictures.
 */
export async function showFiles(
  converter: Sandbox,
  files: readonly RoledFile[],
  facts: readonly Facts[],
  log: Log,
): Promise<Checked['shown']> {
  const showable = files.filter((_, index) => facts[index]?.kind !== 'unreadable').slice(0, mostPages)
  if (showable.length === 0) return []
  try {
    const { shown } = await converter.ask(
      { task: 'show', sources: [...showable], mostPages },
      ShowAnswer,
      limitMilliseconds,
    )
    await converter.end()
    await mustBeShownPages(converter.folder, showable.length, shown)
    return shown.flatMap(({ source, ...page }) => {
      const label = showable[source]?.label
      return label === undefined ? [] : [{ ...page, label }]
    })
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error
    log.warn({ err: error, reason: error.reason }, 'pages_not_shown')
    return []
  }
}
