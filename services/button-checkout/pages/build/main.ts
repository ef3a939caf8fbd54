import { buildPages } from './build-pages.ts'

/** `npm run build:pages`: dist/pages, what the pages of the checkout load. */
await buildPages()
