import type { Log } from '#chassis/log.ts'
import { loggedPath } from '../logged-path.ts'
import type { WrittenDocument } from './write-document.ts'

/** One line for each thing that went wrong in a batch, however many documents it concerns. */
export function tellWritten(log: Log, written: readonly WrittenDocument[], durationMs: number): void {
  const puts = written.flatMap(({ results }) => results.filter(({ result }) => result.outcome === 'written'))
  log.debug({ documents: written.length, puts: puts.length, durationMs: Math.round(durationMs) }, 'documents_published')
  const unrendered = written.flatMap(({ rendered }) =>
    'cause' in rendered ? [{ rendered, cause: rendered.cause }] : [],
  )
  if (unrendered[0]) {
    const { rendered, cause } = unrendered[0]
    log.error(
      { err: cause, path: loggedPath(rendered.taken.path), documents: unrendered.length },
      'document_not_rendered',
    )
  }
  for (const [store, event] of [
    ['primary', 'document_not_written'],
    ['standby', 'document_not_in_standby'],
  ] as const) {
    const failed = written.flatMap(({ rendered: { taken }, results }) =>
      results.flatMap(({ store: { name }, result }) =>
        name === store && result.outcome === 'failed' ? [{ path: taken.path, cause: result.cause }] : [],
      ),
    )
    if (failed[0]) log.warn({ err: failed[0].cause, path: loggedPath(failed[0].path), documents: failed.length }, event)
  }
}
