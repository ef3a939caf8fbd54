import { bundleButton } from '../../build/bundle-button.ts'
import { buildPages } from './build-pages.ts'
import { buildPrintPage } from './build-print-page.ts'

/**
 * `npm run build:pages`: dist/pages, what the pages of the checkout load; dist/button, the button itself; dist/print-client-page, what the
 * page of the print client loads.
 */
await buildPages()
await buildPrintPage()
bundleButton()
