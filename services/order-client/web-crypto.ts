type WebCrypto = typeof globalThis.crypto

/** WebCrypto of this runtime. Node 18 keeps it in a module; its name is computed, so that no bundler looks for it. */
export async function webCrypto(): Promise<WebCrypto> {
  if (globalThis.crypto) return globalThis.crypto
  const name = ['node', 'crypto'].join(':')
  const module: unknown = await import(/* webpackIgnore: true */ /* @vite-ignore */ name)
  if (hasWebCrypto(module)) return module.webcrypto
  throw new Error('This runtime has no WebCrypto; Printcloud needs it for keys and webhooks.')
}

const hasWebCrypto = (module: unknown): module is { readonly webcrypto: WebCrypto } =>
  typeof module === 'object' && module !== null && 'webcrypto' in module

/** SHA-256 of a text, hex. */
export async function sha256Hex(text: string): Promise<string> {
  const { subtle } = await webCrypto()
  const hash = await subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A random id that nobody else has. `randomUUID` itself is missing on pages without https. */
export async function randomId(prefix = ''): Promise<string> {
  const bytes = (await webCrypto()).getRandomValues(new Uint8Array(16))
  return prefix + [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
