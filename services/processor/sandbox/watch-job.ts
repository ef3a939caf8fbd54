import { diskOf, type Footprint, memoryOf } from './job-footprint.ts'

/** More than any job of ours took, less than a machine of four gigabytes has for two of them. */
const limits: Footprint = {
  memoryBytes: 2_000_000_000,
  // Sources of four gigabytes, as many again written anew, and previews.
  diskBytes: 10 * 1024 ** 3,
  // A page has its picture in a few pieces; no product has so many pages.
  files: 20_000,
}
const everyMilliseconds = 500

/**
 * Looks at what a job takes while its converter works, all its processes together, and calls `onTooMuch` once with words for
 * the log. The kernel's limits hold for each process and each file: this is for many of them.
 */
export function watchJob(
  pid: number | undefined,
  folder: string,
  onTooMuch: (words: string) => void,
  most: Footprint = limits,
): { readonly stop: () => void } {
  const timer = setInterval(() => {
    const words = tooMuchOf({ memoryBytes: pid === undefined ? 0 : memoryOf(pid), ...diskOf(folder, most.files) }, most)
    if (words === undefined) return
    clearInterval(timer)
    onTooMuch(words)
  }, everyMilliseconds)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

function tooMuchOf({ memoryBytes, diskBytes, files }: Footprint, most: Footprint): string | undefined {
  if (memoryBytes > most.memoryBytes) return `${memoryBytes} bytes of memory in all its processes`
  if (diskBytes > most.diskBytes) return `${diskBytes} bytes in its folder`
  return files > most.files ? `${files} files in its folder` : undefined
}
