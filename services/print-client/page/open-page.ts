import { type KeepOptions, keepFacts } from './keep/kept-facts.ts'
import type { ReadAsset } from './server/assets.ts'
import { type PageOptions, startPage } from './start-page.ts'

export type OpenPageOptions = KeepOptions &
  Omit<PageOptions, 'facts' | 'port'> & {
    /** As the configuration has it; false: none. */
    readonly page: { readonly port: number } | false
    readonly readAsset: ReadAsset
  }

export type OpenPage = {
  /** Where it listens; undefined before it does, or where there is none. */
  readonly port: () => number | undefined
  readonly stopped: () => Promise<void>
}

/** The client's own page, and what it remembers of jobs. Nothing of it can keep a job from being printed. */
export async function openPage(options: OpenPageOptions): Promise<OpenPage> {
  const { page } = options
  if (page === false) return { port: () => undefined, stopped: async () => undefined }
  const facts = await keepFacts(options)
  const opened = startPage({ ...options, port: page.port, facts: facts.of })
  return {
    port: opened.port,
    stopped: async () => {
      await opened.stopped()
      await facts.stopped()
    },
  }
}
