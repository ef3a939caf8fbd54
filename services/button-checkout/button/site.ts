/** Of contracts/checkout/start.ts and published/document-paths.ts, which bring more than a page should load; a test holds them equal. */
export const checkoutPath = '/checkout'
export const publicRoot = '/public/v1/'

/**
 * Stands in the built file as it is, and so in every immutable release: their bytes are the same everywhere. In the evergreen file it is
 * replaced by the checkout's address when that is published (statics/button-objects.ts).
 */
const baked = '{checkout}'

/** Evaluated with the script: only then does a page know which of its scripts that is. */
const { src = '', dataset = {} } = Object(document.currentScript)
const { origin, searchParams } = new URL(src, document.baseURI)
const named: string = dataset.checkout || baked

/** Where the script came from. */
export const cdn = origin
/** Up to the query. */
export const checkout = (/^http/.test(named) ? named : origin) + checkoutPath
/** The query of the script's address: what buttons say that do not say it themselves. */
export const defaults: URLSearchParams = searchParams
