import { readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { expect, test } from 'vitest'
import { OrderApiEnvironment, OrderWorkerEnvironment } from '#contracts/environment.ts'
import { parse } from '#contracts/parse.ts'

const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')

const Setting = Type.Object({ default: Type.Optional(Type.Unknown()), description: Type.Optional(Type.String()) })
const Settings = Type.Object({ required: Type.Array(Type.String()), properties: Type.Record(Type.String(), Setting) })
const { properties: api, required: ofApi } = parse('schema', Settings, OrderApiEnvironment)
const { properties: worker, required: ofWorker } = parse('schema', Settings, OrderWorkerEnvironment)

/** As the page is to say it: who reads it, what it is without it, what it means. */
function rowsOfSchemas(): readonly string[] {
  const required = [...ofApi, ...ofWorker]
  return [...new Set([...Object.keys(api), ...Object.keys(worker)])].sort().map((name) => {
    const setting = api[name] ?? worker[name] ?? {}
    const readers = [...(api[name] ? ['API'] : []), ...(worker[name] ? ['worker'] : [])].join(', ')
    return `| \`${name}\` | ${readers} | ${withoutIt(setting, !required.includes(name))} | ${setting.description} |`
  })
}

function withoutIt({ default: otherwise }: Static<typeof Setting>, isOptional: boolean): string {
  if (otherwise === undefined) return isOptional ? 'none' : 'does not start'
  return otherwise === '' ? 'none' : `\`${otherwise}\``
}

test('every setting of order-api has the row that its schema says, and no row is of nothing', () => {
  expect(page.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rowsOfSchemas())
})
