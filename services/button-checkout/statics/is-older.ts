/** Whether a version is older than another one; what is no version is older than any. */
export function isOlder(version: string | undefined, other: string | undefined): boolean {
  const [left, right] = [partsOf(version), partsOf(other)]
  const at = left.findIndex((part, index) => part !== right[index])
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0)
}

/** Three numbers. */
function partsOf(version: string | undefined): readonly number[] {
  const found = /^(\d+)\.(\d+)\.(\d+)$/.exec(version ?? '')
  return found ? found.slice(1).map(Number) : [-1, -1, -1]
}
