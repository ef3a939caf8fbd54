import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/** State 0A of /proc/net/tcp: somebody listens. */
const listening = '0A'

const longestCommand = 60

/** Who listens on a local TCP port, such as `node server.js (process 123)`; undefined where the system does not tell. */
export function holderOf(port: number): string | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => socketsOn(table, port)))
  if (inodes.size === 0) return undefined
  const pid = list('/proc').find((name) => /^\d+$/.test(name) && holdsOneOf(name, inodes))
  if (pid === undefined) return undefined
  return `${commandOf(pid)} (process ${pid})`
}

/** The command line with the program's folder left out; the kernel's short name for what has none. */
function commandOf(pid: string): string {
  const [program = '', ...rest] = read(`/proc/${pid}/cmdline`).split('\0')
  const command = [basename(program), ...rest].join(' ').trim().slice(0, longestCommand)
  return command || read(`/proc/${pid}/comm`).trim() || 'a program'
}

function socketsOn(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  return read(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === listening)
    .map((fields) => `socket:[${fields[9]}]`)
}

function holdsOneOf(pid: string, sockets: ReadonlySet<string>): boolean {
  return list(`/proc/${pid}/fd`).some((descriptor) => sockets.has(target(`/proc/${pid}/fd/${descriptor}`)))
}

// Processes come and go while one looks, and others' may not be looked at: what cannot be read says nothing.
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function target(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}
