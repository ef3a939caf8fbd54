import { webCrypto } from '../web-crypto.ts'

const hashInName = /\.([\w-]{22})\.json$/

/**
 * Whether a document is the one that its name promises: 22 characters of base64url of the SHA-256 of its bytes. What is kept for ever
 * must be right. True where nobody can tell: pages without https have no WebCrypto.
 */
export async function isWhatItsNameSays(path: string, text: string): Promise<boolean> {
  const [, promised] = hashInName.exec(path) ?? []
  const { subtle } = await webCrypto()
  if (promised === undefined || subtle === undefined) return true
  const hash = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)))
  const base64 = btoa(String.fromCharCode(...hash))
  return base64.replaceAll('+', '-').replaceAll('/', '_').startsWith(promised)
}
