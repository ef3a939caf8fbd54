import { writeFileSync } from 'node:fs'

/**
 * A process for the supervisor's tests. MODE: `good` says ready and leaves at SIGTERM; `stubborn` ignores SIGTERM; `broken` ends
 * before it is ready; `silent` never says anything. It ends, as services do, when its supervisor is gone.
 */
const { MODE, ENDED_FILE, NAME } = process.env

process.once('disconnect', () => process.exit(0))
process.on('SIGTERM', () => {
  if (MODE === 'stubborn') return
  if (ENDED_FILE) writeFileSync(ENDED_FILE, `${NAME}\n`, { flag: 'a' })
  process.exit(0)
})

if (MODE === 'broken') {
  process.stderr.write('the disk is on fire\n')
  process.exit(7)
}
process.stdout.write(`${JSON.stringify({ level: 'info', time: new Date(), service: NAME, event: 'born' })}\n`)
// Something must keep it alive besides the channel.
setInterval(() => undefined, 60_000)
if (MODE !== 'silent') process.send?.('ready')
