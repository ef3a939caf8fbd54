import { takeOverLinks } from './peecho-links.ts'
import { PrintButton } from './print-button.ts'

/** What /v1/button.js does. It leaves no global behind; loaded again, in whatever version, it does nothing. */
const name = 'print-button'
if (!customElements.get(name)) {
  customElements.define(name, PrintButton)
  takeOverLinks()
}
