import type { Use } from '../tracked.ts'
import type { Rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

const types: Readonly<Record<string, Rendered['type']>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
}

/** What a file of the pages is to browsers, by its ending; undefined for what is none of theirs. */
export const pageTypeOf = (file: string): Rendered['type'] | undefined => types[file.split('.').at(-1) ?? '']

/** A file that comes with the release; nothing where this release does not have it any more. */
export function renderPage(file: string, { page }: Sources, use: Use): Rendered | undefined {
  const text = use(page(file))
  const type = pageTypeOf(file)
  return text === undefined || type === undefined ? undefined : { text, type, parts: [] }
}
