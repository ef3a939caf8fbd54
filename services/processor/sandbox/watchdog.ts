import { isMainThread, Worker, workerData } from 'node:worker_threads'

/** bubblewrap ends its own children; inside it the parent is always process 1. */
const initProcess = 1
const everyMilliseconds = 500

/**
 * Ends this process when its parent is gone, also while the main thread is busy: the end of stdin would be heard only when
 * the file in hand is done with.
 */
export function dieWithParent(): void {
  if (process.ppid <= initProcess) return
  new Worker(new URL(import.meta.url), { workerData: process.ppid }).unref()
}

if (!isMainThread && typeof workerData === 'number') {
  setInterval(() => {
    if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL')
  }, everyMilliseconds)
}
