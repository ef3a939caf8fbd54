import { ServiceError } from './service-error.ts'
import type { Sessions } from './sessions.ts'

export type Kind = 'boolean' | 'long' | 'double' | 'decimal' | 'blob' | 'instant' | 'string'

/** How a column goes into a result: its PostgreSQL name, its JDBC type code and how its values are written. */
export type ResultType = {
  readonly name: string
  readonly jdbc: number
  readonly kind: Kind
  /** The values are arrays of this kind. */
  readonly isArray: boolean
}

/** pg_type.oid, name, JDBC code, kind, oid of the array type: what the Data API lists as supported for Aurora PostgreSQL. */
const supported: readonly (readonly [number, string, number, Kind, number])[] = [
  [16, 'bool', -7, 'boolean', 1000],
  [17, 'bytea', -2, 'blob', 0],
  [19, 'name', 12, 'string', 1003],
  [20, 'int8', -5, 'long', 1016],
  [21, 'int2', 5, 'long', 1005],
  [23, 'int4', 4, 'long', 1007],
  [25, 'text', 12, 'string', 1009],
  [114, 'json', 1111, 'string', 199],
  [650, 'cidr', 1111, 'string', 0],
  [700, 'float4', 7, 'double', 1021],
  [701, 'float8', 8, 'double', 1022],
  [869, 'inet', 1111, 'string', 0],
  [1042, 'bpchar', 1, 'string', 1014],
  [1043, 'varchar', 12, 'string', 1015],
  [1082, 'date', 91, 'string', 1182],
  [1083, 'time', 92, 'string', 1183],
  [1114, 'timestamp', 93, 'string', 1115],
  [1184, 'timestamptz', 93, 'instant', 1185],
  [1700, 'numeric', 2, 'decimal', 1231],
  [2950, 'uuid', 1111, 'string', 2951],
  [3802, 'jsonb', 1111, 'string', 0],
]

/** The types of a result. Throws UnsupportedResultException for what Aurora cannot return either (cast that to text). */
export type ResultTypes = (oids: readonly number[]) => Promise<readonly ResultType[]>

/** `sessions` is asked for types that are not built in: enums are supported, composites are not. */
export function createResultTypes(sessions: Sessions): ResultTypes {
  const known = builtIn()
  return async (oids) => {
    for (const oid of oids) if (!known.has(oid)) known.set(oid, await lookUp(sessions, oid))
    return oids.map((oid) => {
      const type = known.get(oid)
      if (typeof type === 'object') return type
      throw new ServiceError('UnsupportedResultException', `The result contains the unsupported data type ${type}.`)
    })
  }
}

function builtIn(): Map<number, ResultType | string> {
  const known = new Map<number, ResultType | string>()
  for (const [oid, name, jdbc, kind, arrayOid] of supported) {
    known.set(oid, { name, jdbc, kind, isArray: false })
    if (arrayOid) known.set(arrayOid, { name: `_${name}`, jdbc: 2003, kind, isArray: true })
  }
  return known
}

/** The type, or only its name when it is not supported. */
async function lookUp(sessions: Sessions, oid: number): Promise<ResultType | string> {
  const { rows } = await sessions.run('select typname, typtype::text from pg_catalog.pg_type where oid = $1', [
    { value: String(oid), type: 26 },
  ])
  const [name, form] = rows[0] ?? []
  return form === 'e' && name ? { name, jdbc: 12, kind: 'string', isArray: false } : (name ?? String(oid))
}
