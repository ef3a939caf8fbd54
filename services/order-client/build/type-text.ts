/**
 * TypeScript for a JSON Schema, as people would write it by hand: objects, lists, unions, enums, records; descriptions become
 * doc comments. `known` gives the name under which a schema (its JSON) is published. Throws for what it does not know.
 */
export function typeText(schema: object, known: ReadonlyMap<string, string>, indent = ''): string {
  const name = known.get(JSON.stringify(schema))
  return name ?? spelledOut(schema, known, indent)
}

/** The same for a schema that is being given its name. */
export function spelledOut(schema: object, known: ReadonlyMap<string, string>, indent = ''): string {
  const of = (part: unknown, deeper = indent): string => {
    if (typeof part !== 'object' || part === null) throw new Error(`${JSON.stringify(part)} is no schema`)
    return typeText(part, known, deeper)
  }
  if ('const' in schema) return literal(schema.const)
  if ('enum' in schema && Array.isArray(schema.enum)) return schema.enum.map(literal).join(' | ')
  if ('anyOf' in schema && Array.isArray(schema.anyOf)) return schema.anyOf.map((each) => of(each)).join(' | ')
  const type = 'type' in schema ? schema.type : undefined
  switch (type) {
    case undefined:
      return 'unknown'
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return arrayText(schema, of)
    case 'object':
      return objectText(schema, of, indent)
    default:
      throw new Error(`No TypeScript is known for ${JSON.stringify(schema)}`)
  }
}

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value))

type TextOf = (part: unknown, indent?: string) => string

function arrayText(schema: object, of: TextOf): string {
  const items = 'items' in schema ? schema.items : undefined
  if (Array.isArray(items)) return `[${items.map((each) => of(each)).join(', ')}]`
  const text = of(items)
  return /^\w+$/.test(text) ? `${text}[]` : `(${text})[]`
}

function objectText(schema: object, of: TextOf, indent: string): string {
  if ('patternProperties' in schema && isTable(schema.patternProperties)) {
    const [each] = Object.values(schema.patternProperties)
    return `Record<string, ${of(each)}>`
  }
  const properties = 'properties' in schema && isTable(schema.properties) ? schema.properties : {}
  const required: readonly unknown[] = 'required' in schema && Array.isArray(schema.required) ? schema.required : []
  const deeper = `${indent}  `
  const lines = Object.entries(properties).flatMap(([name, part]) => [
    ...commentLines(part, deeper),
    `${deeper}${/^\w+$/.test(name) ? name : `'${name}'`}${required.includes(name) ? '' : '?'}: ${of(part, deeper)}`,
  ])
  return lines.length === 0 ? 'Record<string, unknown>' : `{\n${lines.join('\n')}\n${indent}}`
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function commentLines(schema: unknown, indent: string): readonly string[] {
  if (!isTable(schema) || typeof schema.description !== 'string') return []
  return [`${indent}/** ${schema.description.replaceAll('*/', '* /')} */`]
}
