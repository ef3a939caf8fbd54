import { rootNameServers, wholeName, type Zone } from './zone.ts'
import { valueTexts } from './zone-file.ts'

export type ChangeBatch = { readonly Comment: string; readonly Changes: readonly Change[] }

type Change = {
  readonly Action: 'UPSERT'
  readonly ResourceRecordSet: {
    readonly Name: string
    readonly Type: string
    readonly TTL: number
    readonly ResourceRecords: readonly { readonly Value: string }[]
  }
}

/** What `aws route53 change-resource-record-sets --change-batch` takes: all of it or nothing of it comes to be. Takes nothing away. */
export const changeBatch = (zone: Zone): ChangeBatch => ({
  Comment: 'npm run dns -- route53',
  Changes: [rootNameServers(zone), ...zone.records].map((record) => ({
    Action: 'UPSERT',
    ResourceRecordSet: {
      Name: `${wholeName(zone, record.name)}.`,
      Type: record.type,
      TTL: record.ttlSeconds,
      ResourceRecords: valueTexts(record).map((Value) => ({ Value })),
    },
  })),
})
