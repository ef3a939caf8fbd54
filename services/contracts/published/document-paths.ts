/**
 * Where published documents are. The path of the address is the key of the object, without the first slash; everything under
 * `/public/v1/` is a file and nothing else: no process of ours is in the way of a read.
 */
export const publicRoot = '/public/v1/'

export const documentPaths = {
  /** Every product in short, and where its own document is. */
  catalogue: `${publicRoot}catalogue.json`,
  /** The book of prices of a currency: which facilities sell in it, and where their books are. */
  prices: (currency: string): string => `${publicRoot}prices/${currency.toLowerCase()}.json`,
  /** What can be sold in a currency and from how much on. */
  offers: (currency: string): string => `${publicRoot}offers/${currency.toLowerCase()}.json`,
  publication: (publicationId: string): string => `${publicRoot}publications/${publicationId}.json`,
  /** What the checkout needs to sell a publication and a page does not: whose it is, margins. `seal` cannot be guessed. */
  sale: (publicationId: string, seal: string): string => `${publicRoot}sales/${publicationId}-${seal}.json`,
  /** Who makes what, and where. */
  facilities: `${publicRoot}facilities.json`,
  /** Which publication the buttons of a page stand for that say nothing but their account: of a publishable key, by `buttonKeyHash`. */
  button: (keyHash: string): string => `${publicRoot}buttons/${keyHash}.json`,
  /** The draft of a publication; `seal` cannot be guessed. */
  preview: (publicationId: string, seal: string): string => `${publicRoot}previews/${publicationId}-${seal}.json`,
  /** Written by the platform itself every few seconds while it works. */
  status: `${publicRoot}status/platform.json`,
  /** Written by the checkout's worker, which needs nothing of the platform for it. */
  checkoutStatus: `${publicRoot}status/checkout.json`,
  /** Written by a probe from outside. */
  probe: `${publicRoot}status/probe.json`,
  page: (name: 'preview' | 'status'): string => `${publicRoot}pages/${name}.html`,
  /** A page, or what it loads; all of them come with the release. */
  pageFile: (file: string): string => `${publicRoot}pages/${file}`,
} as const

/** Documents whose name holds a hash of their bytes (22 characters of base64url of the SHA-256): they never change. */
export const immutablePaths = {
  product: (sku: string, hash: string): string => `${publicRoot}catalogue/${sku}.${hash}.json`,
  priceBook: (currency: string, facilityId: string, hash: string): string =>
    `${publicRoot}prices/${currency.toLowerCase()}/${facilityId}.${hash}.json`,
  /** What a publication's file looks like as each product that it is offered as. */
  proof: (publicationId: string, hash: string): string => `${publicRoot}proofs/${publicationId}.${hash}.json`,
  /** Without an ending: the edge adds the one of the format that the caller takes. */
  thumbnail: (hash: string, widthPx: number): string => `${publicRoot}thumbnails/${hash}/${widthPx}`,
} as const

/** So much of a hash tells keys apart. */
export const buttonHashLength = 32

/** Of the SHA-256 of a publishable key in hex, as it is stored, what stands in the address of its document. */
export const buttonKeyHash = (sha256: string): string => sha256.slice(0, buttonHashLength)

/** The key of an object in the documents bucket. */
export const keyOfPath = (path: string): string => path.replace(/^\//, '')

/** Addresses that people can remember, and what they show. */
export const shortAddresses: Readonly<Record<string, string>> = {
  '/status': documentPaths.page('status'),
  '/status.json': documentPaths.status,
  '/v1/button.js': `${publicRoot}button/button.js`,
}

/** /v1.2.3/button.js: a release of the button, which never changes. */
export const releasedButton = /^\/v(\d+\.\d+\.\d+)\/button\.js$/
