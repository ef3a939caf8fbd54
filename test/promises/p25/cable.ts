import { spawnSync } from 'node:child_process'
import { connect, createServer, type Server } from 'node:net'

/** A cable between a network of the client's own and the cloud of this machine. */
export type Cable = {
  /** What goes before the client on its command line. */
  readonly within: readonly string[]
  /** To be called when the client's process is there. */
  readonly plug: (pid: number) => void
  readonly cut: () => void
  readonly mend: () => void
  /** Where the client finds what is at `url`. */
  readonly behind: (url: string) => Promise<string>
  readonly remove: () => void
}

/** Whether this machine can lay one: network namespaces, and cards that come in pairs. */
export function mayLayCable(): boolean {
  const name = cardName()
  const made = run('ip', ['link', 'add', `${name}a`, 'type', 'veth', 'peer', 'name', `${name}b`])
  if (made) run('ip', ['link', 'del', `${name}a`])
  return made && run('unshare', ['-n', 'true'])
}

/** Lies in 198.18.0.0/15, which is for tests and leads nowhere. */
export function layCable(): Cable {
  const name = cardName()
  const network = `198.18.${process.pid % 250}`
  const [ours, theirs] = [`${name}a`, `${name}b`]
  must('ip', ['link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs])
  must('ip', ['addr', 'add', `${network}.1/30`, 'dev', ours])
  must('ip', ['link', 'set', ours, 'up'])
  const script = `until ip link show ${theirs} >/dev/null 2>&1; do sleep 0.02; done
    ip link set lo up && ip addr add ${network}.2/30 dev ${theirs} && ip link set ${theirs} up && exec "$@"`
  const relays: Server[] = []
  return {
    within: ['unshare', '-n', 'sh', '-c', script, 'sh'],
    plug: (pid) => must('ip', ['link', 'set', theirs, 'netns', String(pid)]),
    cut: () => must('ip', ['link', 'set', ours, 'down']),
    mend: () => must('ip', ['link', 'set', ours, 'up']),
    behind: async (url) => {
      const { port } = new URL(url)
      const relay = relayTo(Number(port))
      relays.push(relay)
      await new Promise<void>((done) => relay.listen({ host: `${network}.1`, port: 0 }, done))
      const at = relay.address()
      return `http://${network}.1:${typeof at === 'object' && at ? at.port : 0}`
    },
    remove: () => {
      for (const relay of relays) relay.close()
      run('ip', ['link', 'del', ours])
    },
  }
}

function relayTo(port: number): Server {
  return createServer((client) => {
    const cloud = connect(port, '127.0.0.1')
    client.pipe(cloud).pipe(client)
    client.on('error', () => cloud.destroy())
    cloud.on('error', () => client.destroy())
    client.on('close', () => cloud.destroy())
    cloud.on('close', () => client.destroy())
  })
}

const cardName = (): string => `pc${process.pid % 1_000_000}`
const run = (command: string, words: readonly string[]): boolean => spawnSync(command, words).status === 0

function must(command: string, words: readonly string[]): void {
  const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stderr}`)
}
