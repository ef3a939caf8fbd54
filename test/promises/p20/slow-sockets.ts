import { connect, type Socket } from 'node:net'

/** What a slow caller sends: a beginning at once, then `drip` each second for as long as it may. */
export type Slowness = { readonly name: string; readonly beginning: string; readonly drip: string }

const dripMilliseconds = 1_000

/**
 * Opens `count` connections of slow callers and gives how long each was let stay, in ms. One that is still open when `forMilliseconds` are over
 * counts as infinite.
 */
export async function staySlowly(origin: string, slow: Slowness, count: number, forMilliseconds: number) {
  const { hostname, port } = new URL(origin)
  return Promise.all(
    Array.from({ length: count }, () => stayed(connect(Number(port), hostname), slow, forMilliseconds)),
  )
}

function stayed(socket: Socket, { beginning, drip }: Slowness, forMilliseconds: number): Promise<number> {
  return new Promise((resolve) => {
    const beganAt = performance.now()
    const dripping = setInterval(() => socket.write(drip), dripMilliseconds)
    const giveUp = setTimeout(() => end(Number.POSITIVE_INFINITY), forMilliseconds)
    const end = (milliseconds: number): void => {
      clearInterval(dripping)
      clearTimeout(giveUp)
      socket.destroy()
      resolve(milliseconds)
    }
    socket.once('connect', () => socket.write(beginning))
    // Whoever writes on is told so by a reset.
    socket.on('error', () => undefined)
    socket.resume()
    socket.once('close', () => end(performance.now() - beganAt))
  })
}
