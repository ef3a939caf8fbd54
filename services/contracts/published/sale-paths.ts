import { documentPaths } from './document-paths.ts'

/** 132 bits of a signature in base64url: nobody guesses it. */
export const sealLength = 22

/** `Keyring.sign` and `Keyring.signatures`: HMAC in base64url, with the newest key and with every key, the newest first. */
export type Sign = (purpose: string, text: string) => string
export type Signatures = (purpose: string, text: string) => readonly string[]

const purpose = 'sale'

/** Where the sale document of a publication is written. */
export const salePathOf = (sign: Sign, publicationId: string): string =>
  documentPaths.sale(publicationId, sign(purpose, publicationId).slice(0, sealLength))

/**
 * Where it may lie, the most likely place first: after a new master key came in front it lies where the key before it said, until the worker
 * has written it anew. Whoever reads it tries them in this order.
 */
export const salePathsOf = (signatures: Signatures, publicationId: string): readonly string[] =>
  signatures(purpose, publicationId).map((signature) =>
    documentPaths.sale(publicationId, signature.slice(0, sealLength)),
  )
