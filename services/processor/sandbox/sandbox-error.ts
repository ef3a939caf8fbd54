/** The child ended, ran out of something, or said that it could not do its task. */
export class SandboxError extends Error {
  override name = 'SandboxError'
  /** `limit`: memory, time or size; `stopped`: ended from outside; `fault`: it broke on the file; `start`: it never began. */
  readonly reason: 'limit' | 'stopped' | 'fault' | 'start'

  constructor(reason: SandboxError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** What the words of a dying process mean. 137 and SIGKILL come from outside: the system, an operator. */
export function reasonOf(words: string): SandboxError['reason'] {
  if (/SIGKILL|exit code 137/.test(words)) return 'stopped'
  return /memory|allocation|SIGXCPU|SIGXFSZ|exit code 15[23]|ENOSPC|EFBIG|RangeError: (Invalid|Array)/i.test(words)
    ? 'limit'
    : 'fault'
}
