import { Type } from 'typebox'

/** Without control characters. A plain `Type.String()` as a key would let names with line breaks past every check. */
const MetadataName = Type.String({ pattern: '^[^\\u0000-\\u001f\\u007f]{1,40}$' })

/** A caller's own words on a thing of ours, shown as they are. */
export const Metadata = Type.Record(MetadataName, Type.String({ maxLength: 500 }), {
  ...{ maxProperties: 20, additionalProperties: false },
  description: 'yours, shown as it is; 20,000 bytes of JSON always fit, and more where items are few',
})
