import { bundleButton } from '../../build/bundle-button.ts'
import { buildPages } from './build-pages.ts'

/** `npm run build:pages`: dist/pages, what the pages of the checkout load, and dist/button, the button itself. */
await buildPages()
bundleButton()
