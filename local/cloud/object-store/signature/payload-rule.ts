import type { Scope, Signer } from './sigv4.ts'

/** What a request's signature says about the body that follows. */
export type PayloadRule =
  | { readonly kind: 'hashed'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'chunked'; readonly chunkSigning: ChunkSigning | undefined }

/** Where the chain of chunk signatures starts: at the signature of the request itself. */
export type ChunkSigning = {
  readonly seedSignature: string
  readonly date: string
  readonly scope: Scope
  readonly signer: Signer
}
