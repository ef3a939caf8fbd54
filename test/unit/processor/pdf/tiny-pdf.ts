/** A PDF written by hand: objects by number, their offsets and the table computed. One byte a character. */
export type Tiny = { readonly head?: string; readonly trailer?: string; readonly table?: (rows: string) => string }

const rowOf = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`

export const onePage = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 200 100] >>',
  '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>',
  '<< /Length 20 >>\nstream\n0 0 50 50 re f      \nendstream',
]

export function tinyPdf(objects: readonly string[], { head = '%PDF-1.4\n', trailer = '', table }: Tiny = {}): Buffer {
  let text = head
  let rows = '0000000000 65535 f \n'
  for (const [index, body] of objects.entries()) {
    rows += rowOf(text.length)
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
  }
  const section = table?.(rows) ?? `xref\n0 ${objects.length + 1}\n${rows}`
  const start = text.length
  text += `${section}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** A hybrid file: object 5 (the page's resources) lies in an object stream that only the XRefStm knows. */
export function hybridPdf(): Buffer {
  const packed = '5 0 << /ProcSet [/PDF] >>'
  const objects = [...onePage]
  objects[2] = '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R >>'
  let text = '%PDF-1.5\n'
  let rows = '0000000000 65535 f \n'
  for (const [index, body] of objects.entries()) {
    rows += rowOf(text.length)
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
  }
  const container = text.length
  text += `6 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`
  const hidden = text.length
  const data = `02000600 01${container.toString(16).padStart(4, '0')}00 01${hidden.toString(16).padStart(4, '0')}00`
  const hex = `${data.replaceAll(' ', '')}>`
  text += '7 0 obj\n<< /Type /XRef /Size 8 /W [1 2 1] /Index [5 3] /Filter /ASCIIHexDecode '
  text += `/Length ${hex.length} >>\nstream\n${hex}\nendstream\nendobj\n`
  const start = text.length
  text += `xref\n0 5\n${rows}5 3\n${'0000000000 65535 f \n'.repeat(3)}`
  text += `trailer\n<< /Size 8 /Root 1 0 R /XRefStm ${hidden} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
