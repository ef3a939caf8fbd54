// Reads what Vitest wrote of one run or two. `again FOLDER` prints the files to run once more; `count FOLDER TESTS STATIC` prints the
// verdict and ends with it. On the machine's own Node: plain JavaScript, no dependency.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** More than these is no unsteadiness. */
const mostFiles = 5
const [what, folder, testsCode, staticCode] = process.argv.slice(2)

function read(name) {
  const path = join(folder, name)
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // Cut off while it was written: as good as no run.
    return undefined
  }
}

const first = read('first.json')
const failedFiles = (first?.testResults ?? []).filter(({ status }) => status === 'failed')

function filesToRunAgain() {
  const isOfChance = ({ assertionResults }) =>
    assertionResults.some(({ failureMessages = [] }) => failureMessages.join().includes('Property failed'))
  // An error that no test caught belongs to no file: running one again would hide it.
  const isUncaught = readFileSync(join(folder, 'first.log'), 'utf8').includes('Unhandled Error')
  if (isUncaught || failedFiles.length > mostFiles || failedFiles.some(isOfChance)) return []
  return failedFiles.map(({ name }) => relative(process.cwd(), name))
}

function count() {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = first ?? {}
  const second = read('second.json')
  const isMended = second?.success === true && second.numTotalTests > 0
  // A file that failed as a whole counts, though none of its tests does.
  const failedTests = Math.max(numFailedTests, Number(testsCode !== '0'))
  const failed = (isMended ? 0 : failedTests) + Number(staticCode !== '0')
  const passed = numPassedTests + (isMended ? numFailedTests : 0)
  if (second) {
    const names = failedFiles.map(({ name }) => relative(process.cwd(), name)).join(', ')
    process.stdout.write(`Failed at first, ${isMended ? 'passed' : 'failed'} when run again alone: ${names}\n`)
  }
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
  process.stdout.write(`${passed} passed, ${failed} failed${skipped}\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

if (what === 'again') for (const file of filesToRunAgain()) process.stdout.write(`${file}\n`)
if (what === 'count') count()
