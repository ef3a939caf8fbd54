import type { Command } from './command.ts'
import { balance } from './commands/balance.ts'
import { change } from './commands/change.ts'
import { events } from './commands/events.ts'
import { files } from './commands/files.ts'
import { hold, release } from './commands/hold.ts'
import { keyCommands } from './commands/keys.ts'
import { login, logout } from './commands/login.ts'
import { confirm, order } from './commands/order.ts'
import { list, orders } from './commands/orders.ts'
import { publicationCommands } from './commands/publications.ts'
import { quote } from './commands/quote.ts'
import { reprint } from './commands/reprint.ts'
import { routingSimulate } from './commands/routing-simulate.ts'
import { actions, cancel, show } from './commands/show.ts'
import { status } from './commands/status.ts'
import { upload } from './commands/upload.ts'
import { watch } from './commands/watch.ts'
import { webhookCommands } from './commands/webhooks.ts'
import { whoami } from './commands/whoami.ts'

/** Every command that needs the API, in the order of its list. */
export const commands: readonly Command[] = [
  ...[login, logout, whoami, upload, quote, order, confirm, orders, list, show, watch, actions],
  ...[files, change, hold, release, cancel, reprint, events],
  ...publicationCommands,
  ...webhookCommands,
  ...keyCommands,
  ...[balance, routingSimulate, status],
]
