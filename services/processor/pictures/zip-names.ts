/** What operating systems put into archives of their own accord. */
export function isZipLitter(name: string): boolean {
  const steps = name.split('/')
  const last = steps.at(-1) ?? ''
  const isLitter = ['.ds_store', 'thumbs.db', 'desktop.ini'].includes(last.toLowerCase()) || last.startsWith('._')
  return last === '' || isLitter || steps.some((step) => step === '__MACOSX')
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** As people count: `2.jpg` before `10.jpg`; in each folder its folders first. */
export function inReadingOrder(one: string, other: string): number {
  const [first, second] = [one.split('/'), other.split('/')]
  const length = Math.min(first.length, second.length)
  for (let depth = 0; depth < length; depth += 1) {
    const isFile = depth === first.length - 1
    const isOtherFile = depth === second.length - 1
    if (isFile !== isOtherFile) return isFile ? 1 : -1
    const order = collator.compare(first[depth] ?? '', second[depth] ?? '')
    if (order !== 0) return order
  }
  // Names that differ in nothing that people read still keep one order.
  return one < other ? -1 : Number(one > other)
}

/** For words to customers: no control characters, not endless. */
export const readableName = (name: string): string => {
  const clean = name.replace(/\p{C}/gu, '').replaceAll('\\', '/')
  return clean.length > 120 ? `…${clean.slice(-119)}` : clean
}
