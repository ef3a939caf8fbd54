import { join } from 'node:path'
import { type PageEntries, packPages } from './pack-pages.ts'

const pages = join(import.meta.dirname, '..')
const entries: PageEntries = {
  'checkout.js': join(pages, 'checkout', 'main.ts'),
  'order.js': join(pages, 'order', 'main.ts'),
  'page.css': join(pages, 'page.css'),
}

const defaultPagesFolder = join(pages, '..', '..', '..', 'dist', 'pages')

/** What the pages of the checkout load, packed, in `target`. */
export const buildPages = (target: string = defaultPagesFolder): Promise<void> => packPages(entries, target)
