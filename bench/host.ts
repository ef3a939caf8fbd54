import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** What a figure was measured on: without it, no figure means anything. */
export type Host = {
  readonly date: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly kernel: string
  readonly node: string
  /** Of the minute before: above 1, other programs were at work and absolute figures say little. */
  readonly loadBefore: number
}

export function host(): Host {
  const all = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()}`,
    node: process.version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}
