export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** One XML element; attributes that are undefined are left out. Children are XML already. */
export function element(name: string, attributes: Attributes = {}, children: readonly string[] = []): string {
  const told = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapedXml(String(value))}"`],
  )
  const head = `<${name}${told.join('')}`
  if (children.length === 0) return `${head}/>`
  const inner = children.map((child) => (child.startsWith('<') ? `\n${child.replaceAll(/^/gm, '  ')}` : child))
  return `${head}>${inner.join('')}${children.some((child) => child.startsWith('<')) ? '\n' : ''}</${name}>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Text for XML 1.0, in attributes as between them. Signs that XML 1.0 does not know, and halves of signs, become U+FFFD. */
export const escapedXml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"'\t\n\r]/g, (sign) => entities[sign] ?? sign)

/** An XML NMTOKEN of our own words: what it does not allow becomes an underscore. */
export const nameToken = (text: string): string => text.replaceAll(/[^A-Za-z0-9._:-]/g, '_') || '_'
