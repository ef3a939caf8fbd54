#!/usr/bin/env node
// `npx printcloud-print-client …` from a checkout, on the machine's own Node.
import { runOnOwnNode } from './on-own-node.mjs'

runOnOwnNode('services/print-client/main.ts', process.argv.slice(2), {
  // Its page. Without one it prints all the same, and says so in its log.
  made: 'dist/print-client-page/manifest.json',
  maker: 'services/button-checkout/pages/build/main.ts',
})
