declare module 'bidi-js' {
  /** The part used here; the package has no types of its own. */
  export default function bidiFactory(): {
    readonly getEmbeddingLevels: (text: string, direction?: 'ltr' | 'rtl' | 'auto') => { readonly levels: Uint8Array }
  }
}
