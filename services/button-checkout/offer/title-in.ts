import type { Wares } from './wares.ts'

/** What it is called, in the visitor's language where the publisher said so; the button names what its own file is called. */
export function titleIn(wares: Pick<Wares, 'sale' | 'publication' | 'start'>, language: string): string {
  const { sale, publication, start } = wares
  if (sale.content.kind === 'page' && start.title !== undefined) return start.title
  const { texts = {} } = publication
  const [plain = language] = language.split('-')
  for (const name of [language, plain]) {
    const title = Object.hasOwn(texts, name) ? texts[name]?.title : undefined
    if (title !== undefined) return title
  }
  return publication.title
}
