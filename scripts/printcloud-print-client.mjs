#!/usr/bin/env node
// `npx printcloud-print-client …` from a checkout, on the machine's own Node.
import { runOnOwnNode } from './on-own-node.mjs'

runOnOwnNode('services/print-client/main.ts', process.argv.slice(2))
