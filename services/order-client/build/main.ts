import { join } from 'node:path'
import { buildClient } from './build-client.ts'

/** `npm run build:client`: the package printcloud-client; the root package shows the same as ./client, ./client/browser and ./client/node. */
buildClient(join(import.meta.dirname, '..', '..', '..', 'dist', 'client'))
