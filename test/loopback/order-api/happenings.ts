import { setTimeout as wait } from 'node:timers/promises'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { type TSchema, Type } from 'typebox'
import { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import type { Happening } from '#contracts/order-api/examples/example.ts'
import { exampleSecret } from '#contracts/order-api/facility-enrolment.ts'
import { parse } from '#contracts/parse.ts'
import { hashOfSecret } from '../../../services/order-api/enrolment/make-code.ts'
import { createSequencer } from '../../../services/order-api/events/number-events.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import { createHandleStatus } from '../../../services/order-api/status/handle-status.ts'
import type { ApiUnderTest } from './platform.ts'

/** What processors and facilities do to an order in the meantime, by their own messages. */
export async function happen(api: ApiUnderTest, happening: Happening, orderId: string): Promise<void> {
  const tell = createHandleStatus(api.context.changer, api.context.keyring)
  const at = new Date().toISOString()
  switch (happening) {
    case 'files_made': {
      const ticket = await take(api, 'process', ProcessTicket, orderId)
      await tell(readyReport(ticket, at))
      return
    }
    case 'enrolment_code_made': {
      await api.database.rows(Type.Unknown(), exampleCodeSql, { sha256: hashOfSecret(exampleSecret), at })
      return
    }
    case 'events_numbered': {
      const number = createSequencer(api.database, () => new Date())
      while ((await number()).numbered === 0) await wait(20)
      return
    }
    case 'shipped': {
      const order = await api.context.changer.orders.findForCause(orderId, '')
      const ticket = await take(api, `facility-${order?.order.items[0]?.facilityId}`, ProductionTicket, orderId)
      const { facilityId, jobId, itemId } = ticket
      await tell({
        ...{
          type: 'facility_status',
          statusId: makeIdAt(() => new Date())('status'),
          facilityId,
          jobId,
          orderId,
          itemId,
        },
        ...{ at, status: 'shipped', tracking: { carrier: 'PostNL', number: '3SPRCL0001', quantity: ticket.quantity } },
      })
      return
    }
    default: {
      const never: never = happening
      return never
    }
  }
}

const exampleCodeSql = `insert into facility_enrolments (code_sha256, facility_id, made_at, expires_at)
  values (:sha256::text, 'fac_utrecht', :at::timestamptz, :at::timestamptz + interval '1 day') returning to_jsonb(1) as row`

/** The ticket of one order; those of others come back later. */
async function take<S extends TSchema>(api: ApiUnderTest, queue: string, schema: S, orderId: string) {
  for (let tries = 0; tries < 50; tries += 1) {
    const { Messages = [] } = await api.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: api.queueUrl(queue), WaitTimeSeconds: 5, VisibilityTimeout: 600 }),
    )
    const body: unknown = JSON.parse(Messages[0]?.Body ?? 'null')
    if (typeof body === 'object' && body !== null && 'orderId' in body && body.orderId === orderId) {
      return parse('ticket', schema, body)
    }
  }
  throw new Error(`There is no ticket of ${orderId} on ${queue}`)
}

const readyReport = ({ ticketId, orderId, itemId, outputPrefix }: ProcessTicket, at: string) => ({
  ...{ type: 'process_report', ticketId, orderId, itemId, at, outcome: 'ready', pages: 1 },
  findings: [],
  printFiles: [
    {
      component: 'sheet',
      key: `${outputPrefix}x/sheet.pdf`,
      contentType: 'application/pdf',
      sizeBytes: 1_204_881,
      sha256: 'b'.repeat(64),
      pages: 1,
      sheetWidthMm: 303,
      sheetHeightMm: 426,
      trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
    },
  ],
  previews: [
    {
      component: 'sheet',
      page: 1,
      key: `${outputPrefix}x/sheet-1.jpg`,
      contentType: 'image/jpeg',
      widthPx: 711,
      heightPx: 1000,
    },
  ],
  reportKey: `${outputPrefix}x/preflight-report.json`,
  receiptKey: `${outputPrefix}x/receipt.json`,
})
