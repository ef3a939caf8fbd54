import { readFile } from 'node:fs/promises'
import { usageFault } from './operator-fault.ts'

/** What a file of JSON holds; throws OperatorFault when it cannot be read. */
export async function jsonIn(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageFault(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`)
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw usageFault(`${file} is not JSON: ${cause instanceof Error ? cause.message : cause}`)
  }
}
