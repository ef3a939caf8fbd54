import { join } from 'node:path'
import { buildClient } from './build-client.ts'

/** `npm run build:client`: what the package publishes as ./client and ./client/node. */
buildClient(join(import.meta.dirname, '..', '..', '..', 'dist', 'client'))
