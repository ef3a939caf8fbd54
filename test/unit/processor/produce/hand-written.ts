/** A PDF written by hand, object by object; the first is the catalog, the second the page tree. */
export function handWritten(objects: readonly string[], trailer = ''): Buffer {
  let text = '%PDF-1.7\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const end = `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${rows}${end}`, 'latin1')
}

export const streamOf = (entries: string, data: string): string =>
  `<< ${entries} /Length ${Buffer.byteLength(data, 'latin1')} >>\nstream\n${data}\nendstream`

export const a5Media = '/MediaBox [0 0 419.52756 595.27559]'

/** One page of A5 with its resources and content; further objects count from 5. */
export const onePage = (
  content: string,
  resources: string,
  more: readonly string[] = [],
  catalog = '',
  page = '',
): Buffer =>
  handWritten([
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R ${a5Media} /Resources << ${resources} >> /Contents 4 0 R ${page} >>`,
    streamOf('', content),
    ...more,
  ])
