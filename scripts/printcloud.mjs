#!/usr/bin/env node
// `npx printcloud …` on the machine's own Node.
import { runOnOwnNode } from './on-own-node.mjs'

const words = process.argv.slice(2)
// What makes print files on this machine belongs to the processor; all the rest talks to the API.
const isLocal = ['preflight', 'make', 'products'].includes(words[0] ?? '')
runOnOwnNode(isLocal ? 'services/processor/cli/main.ts' : 'services/cli/main.ts', words)
