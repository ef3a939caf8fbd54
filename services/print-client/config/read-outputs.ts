import { join, resolve } from 'node:path'
import { type Issue, issuesOf, matches } from '#contracts/parse.ts'
import { type OutputConfig, outputSchemas, type ProductRule } from './config-file.ts'

export type OutputsRead = {
  readonly outputs: Readonly<Record<string, OutputConfig>>
  readonly issues: readonly Issue[]
}

/** The output that takes what no rule of `products` names. */
export const mainOutput = 'main'
/** A name becomes part of folder names, on Windows too. */
const outputName = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,30}$/

/** The outputs of a configuration, `hotFolder` as the one named main, folders absolute; with every fault of each. */
export function readOutputs(value: unknown, base: string): OutputsRead {
  if (!isRecord(value)) return { outputs: {}, issues: [] }
  const { hotFolder } = value
  const told = isRecord(value.outputs) ? Object.entries(value.outputs) : []
  const issues: Issue[] = [...faultsOfShort(hotFolder, told)]
  const outputs: Record<string, OutputConfig> = {}
  for (const [name, each] of told) {
    const read = readOutput(name, each)
    if ('issues' in read) issues.push(...read.issues)
    else outputs[name] = absolute(read.output, base)
  }
  if (typeof hotFolder === 'string' && hotFolder !== '') {
    outputs[mainOutput] = absolute({ kind: 'hot_folder', folder: hotFolder }, base)
  }
  return { outputs, issues }
}

/** Either of the two ways to say where jobs go, and main in one of them only. */
function faultsOfShort(hotFolder: unknown, told: readonly (readonly [string, unknown])[]): readonly Issue[] {
  const pointer = '/hotFolder'
  if (hotFolder === undefined && told.length === 0) return [{ pointer, detail: 'is required, or outputs' }]
  const isTwice = hotFolder !== undefined && told.some(([name]) => name === mainOutput)
  return isTwice ? [{ pointer, detail: 'is short for outputs.main, which is there as well: keep one of them' }] : []
}

/** Every product must have a way out, and every rule a way that is there. */
export function faultsOfProducts(
  products: readonly ProductRule[],
  outputs: Readonly<Record<string, OutputConfig>>,
): readonly Issue[] {
  const names = Object.keys(outputs)
  const allowed = names.join(', ')
  const unknown = products.flatMap(({ output }, place) =>
    Object.hasOwn(outputs, output)
      ? []
      : [{ pointer: `/products/${place}/output`, detail: `must be one of ${allowed}; found "${output}"` }],
  )
  if (Object.hasOwn(outputs, mainOutput) || products.some(({ sku }) => sku === '*')) return unknown
  const detail = `must have ${mainOutput}, or products a last rule for "*": else nobody knows where the others go`
  return [...unknown, { pointer: '/outputs', detail }]
}

type Read = { readonly output: OutputConfig } | { readonly issues: readonly Issue[] }

function readOutput(name: string, value: unknown): Read {
  const pointer = `/outputs/${name}`
  if (!outputName.test(name)) {
    return { issues: [{ pointer, detail: 'must have a name of small letters, digits and -, 31 at most' }] }
  }
  const kind = isRecord(value) ? value.kind : undefined
  if (kind !== 'hot_folder' && kind !== 'ipp' && kind !== 'command') {
    const kinds = Object.keys(outputSchemas).join(', ')
    return { issues: [{ pointer: `${pointer}/kind`, detail: `must be one of ${kinds}` }] }
  }
  const schema = outputSchemas[kind]
  if (matches(schema, value)) return { output: value }
  return { issues: issuesOf(schema, value).map((issue) => ({ ...issue, pointer: `${pointer}${issue.pointer}` })) }
}

function absolute(output: OutputConfig, base: string): OutputConfig {
  if (output.kind === 'ipp' && output.ca !== undefined) return { ...output, ca: resolve(base, output.ca) }
  if (output.kind === 'ipp' && output.ca !== undefined) return { ...output, ca: resolve(base, output.ca) }
  if (output.kind !== 'hot_folder') return output
  const folder = resolve(base, output.folder)
  const { done = join(folder, 'done'), error = join(folder, 'error') } = output
  return { ...output, folder, done: resolve(base, done), error: resolve(base, error) }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
