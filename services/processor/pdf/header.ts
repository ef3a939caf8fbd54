import type { ByteSource } from './byte-source.ts'

const headBytes = 1024

/** Where `%PDF-` stands (junk may come before it: offsets then count from it) and what version follows; 1.4 if none. */
export function headerOf(bytes: ByteSource): { readonly offset: number; readonly version: string } {
  const head = bytes.read(0, headBytes)
  const at = head.indexOf('%PDF-')
  const version = at < 0 ? undefined : /^%PDF-\s*(\d\.\d)/.exec(head.toString('latin1', at, at + 16))?.[1]
  return { offset: Math.max(0, at), version: version ?? '1.4' }
}
