const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** One element around its already written children. */
export function element(name: string, children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`
}

/** One element with escaped text; nothing at all for `undefined`. Control characters become references, as S3 writes them. */
export function text(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`
}

/** A whole document in the S3 namespace. */
export function document(name: string, children: readonly string[]): string {
  const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${children.join('')}</${name}>`
}

export function escapeXml(value: string): string {
  return value.replace(/[&<>"\p{Cc}]/gu, (found) => escapes[found] ?? `&#x${found.charCodeAt(0).toString(16)};`)
}
