import type { JobPlan } from '../plan/job-plan.ts'
import type { Output, SourceFile } from '../sandbox/protocol.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'

/**
 * Throws SandboxError unless a converter made each planned print file once, with its pages and on its base: the judge looks
 * at one file a component, and a second one beside it would be printed unseen.
 */
export function mustBeAsPlanned(
  outputs: readonly Output[],
  { components }: JobPlan,
  sources: readonly SourceFile[],
): void {
  const isEach = components.every(({ component, pages, base }) => {
    const [made, ...others] = outputs.filter((output) => output.component === component)
    if (!made || others.length > 0 || made.pages !== pages.length) return false
    return made.base === undefined || (base !== undefined && made.base === sources[base]?.file)
  })
  if (!isEach || outputs.length !== components.length)
    throw new SandboxError('fault', 'The converter made other print files than were planned')
}
