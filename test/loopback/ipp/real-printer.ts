import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../../local/supervisor/ports.ts'

const programs = ['ippeveprinter', 'dbus-daemon', 'avahi-daemon']
/** CUPS' own printer for tests announces itself through Avahi, which wants a D-Bus: all three must be installed. */
export const hasRealPrinter =
  process.platform === 'linux' && programs.every((name) => spawnSync('which', [name]).status === 0)

export type RealPrinter = {
  readonly url: string
  /** The documents that it printed. */
  readonly documents: () => readonly Buffer[]
  readonly close: () => Promise<void>
}

const bus = (path: string): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${path}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>`

const avahi = '[server]\nuse-ipv6=no\nallow-interfaces=lo\nenable-dbus=yes\n[publish]\npublish-workstation=no\n'

/** Starts ippeveprinter with a D-Bus and an Avahi of its own, on the loopback interface only. */
export async function startRealPrinter(): Promise<RealPrinter> {
  const folder = mkdtempSync(join(tmpdir(), 'ippeve-'))
  const address = join(folder, 'bus')
  const spool = join(folder, 'spool')
  mkdirSync(spool)
  writeFileSync(join(folder, 'bus.conf'), bus(address))
  writeFileSync(join(folder, 'avahi.conf'), avahi)
  const children: ChildProcess[] = []
  const start = (program: string, ...words: readonly string[]): void => {
    const env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${address}` }
    children.push(spawn(program, words, { env, stdio: 'ignore' }))
  }
  // It cannot choose its own.
  const port = await freePorts(1)
  const url = `ipp://127.0.0.1:${port}/ipp/print`
  const close = async (): Promise<void> => {
    for (const child of children.toReversed()) await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    start('dbus-daemon', `--config-file=${join(folder, 'bus.conf')}`, '--nofork', '--nopidfile')
    await until(() => existsSync(address))
    start('avahi-daemon', '--no-drop-root', '--no-chroot', '--no-rlimits', '-f', join(folder, 'avahi.conf'))
    const words = ['-r', 'off', '-n', 'localhost', '-p', String(port), '-f', 'application/pdf', '-2', '-k', '-d', spool]
    start('ippeveprinter', ...words, 'press')
    await until(() => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.body?.cancel().then(() => true)))
  } catch (error) {
    await close()
    throw error
  }
  const pdfs = () => readdirSync(spool).filter((name) => name.endsWith('.pdf'))
  return { url, documents: () => pdfs().map((name) => readFileSync(join(spool, name))), close }
}

async function until(isSo: () => unknown): Promise<void> {
  const limit = Date.now() + 20_000
  for (;;) {
    const found = await Promise.resolve()
      .then(isSo)
      .catch(() => false)
    if (found) return
    if (Date.now() > limit) throw new Error('The printer did not come up')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
