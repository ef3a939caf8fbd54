import type { Words } from '../words/en.ts'

/** What the document brings with it for its script. */
export type PageData = { readonly words: Words; readonly locale: string }
