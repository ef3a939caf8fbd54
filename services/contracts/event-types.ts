/**
 * Everything that can happen, and what it means: the closed list of the types of events. `data` of each carries ids and codes, never
 * a name or an address. docs/api/events.md lists the same, and a test holds both against what the code can say.
 */
export const eventTypes = {
  'order.created':
    'an order was taken, or a draft was kept; `items` names the items, their products and their facilities',
  'order.confirmed': 'a draft became an order and was charged',
  'order.awaiting_files': 'the order waits for files: some never came, or cannot be printed and may be replaced',
  'order.preflight': 'all files are there and are being checked and prepared',
  'order.awaiting_payment': 'everything is ready to be printed and is not paid for',
  'order.grace': 'everything is ready; until the grace ends the order can still be changed',
  'order.released': 'the order went to its facilities and can no longer be changed',
  'order.in_production': 'the first item is being printed',
  'order.partially_shipped': 'some of the order has left, the rest follows',
  'order.shipped': 'all of the order has left its facilities',
  'order.delivered': 'all of the order has arrived',
  'order.cancelled': 'the order was cancelled and its price given back; `cause` says so when it was not your wish',
  'order.rejected': 'nothing of the order can be printed; its price was given back',
  'order.cancel_requested': 'you asked to cancel after release, and the facility was asked',
  'order.cancel_partially_accepted':
    'some items were stopped in time (`item_ids`) and their price given back; the rest goes on',
  'order.cancel_declined': 'no facility could stop its part: the order goes on',
  'order.held': 'a hold was put on: the order will not be released',
  'order.hold_released': 'the hold was taken off',
  'order.recipient_changed': 'it is sent to another address, or to somebody else',
  'order.shipping_changed':
    'it is sent another way: `from`, `to`, and what that adds to the price (`amount`, `currency`)',
  'order.refunded': 'a part of the price, or all of it, was given back: `item_ids`, `amount`, `currency`',
  'order.reprinted': 'some of it is printed again as another order: `reprint_order_id`, `item_ids`, `fault`',
  'item.files_replaced': 'an item got its files, or other ones',
  'item.processing_started': 'the print files of an item are being made',
  'item.print_file_ready': 'the print files of an item are ready: `pages`, and what was found (`findings`)',
  'item.sources_rejected': 'the files of an item cannot be printed: `codes` says why',
  'item.queued': 'an item was sent to its facility as a job: `job_id`',
  'item.accepted': 'the facility has the job and will print it',
  'item.printing': 'the job is on the press',
  'item.printed': 'the job is printed',
  'item.packed': 'the job is packed',
  'item.partly_shipped': 'a parcel with some of the copies left: `carrier`, `tracking_number`',
  'item.shipped': 'all copies have left: `carrier`, `tracking_number`',
  'item.delivered':
    'the item has arrived; `parcel` is `unknown` where the facility did not say in which parcel it left',
  'item.partly_printed': 'some of the copies are printed: `quantity` in all so far',
  'item.partly_packed': 'some of the copies are packed: `quantity` in all so far',
  'item.lost':
    'a parcel was lost in the mail: `tracking_number`, `quantity`. Its copies are printed again for free, as another order (order.reprinted)',
  'item.delayed': 'the facility will be late: `cause`, `expected_at`',
  'item.held': 'the facility holds the job until somebody looks at it: `cause`',
  'item.facility_rejected': 'the facility will not make the job: `cause`',
  'item.facility_failed': 'the facility could not make the job: `cause`',
  'item.facility_cancelled': 'the facility cancelled the job',
  'item.rerouted':
    'the item is made by another facility: `from`, `to`, `cause`, what it costs at each (`cost_before`, `cost_after`, `currency`); what you pay stays as it is',
  'item.asked_back':
    'its facility was asked to give the job back, so that another one can make it: `facility_id`, `cause`',
  'item.stopped': 'the item was cancelled before a facility had it as a job',
  'item.cancel_declined': 'the facility was asked to stop the job and could not',
  'item.late': 'news that came after it was overtaken; nothing changed. `event` is what it said',
  'item.impossible': 'news that cannot be true; nothing changed. `event` is what it said',
  'preflight.completed':
    'files were checked without an order: `preflight_id`, `status`, and of a named product `outcome`',
  'publication.created': 'a publication was made: `publication_id`, `version`',
  'publication.updated': 'a new version was saved: `publication_id`, `version`, `changed`; by undo: `undoes`',
  'publication.published': 'visitors see this version from now on: `publication_id`, `version`',
  'publication.deleted': 'a publication was taken away for everyone: `publication_id`',
  'publication.proofed':
    'its file was looked at: `publication_id`, `worst` (none, fixed, warn, reject) and the offers `rejected`; or `failure`',
  'publication.thumbnail_failed': 'no thumbnail can be made of its file: `publication_id`, `failure`',
  'webhook.created': 'a webhook endpoint was made: `webhook_id`',
  'webhook.updated': 'a webhook endpoint was changed: `webhook_id`',
  'webhook.deleted': 'a webhook endpoint was deleted: `webhook_id`',
  'webhook.secret_rotated': 'a webhook endpoint got a new secret: `webhook_id`',
  'webhook.disabled':
    'an endpoint gets no more webhooks: `reason` is `gone` (it answered 410) or `failing` (nothing arrived for three days)',
  'webhook.delivery_failed':
    'an event was given up after its last attempt: `webhook_id`, `delivery_id`, `failed_event_id`',
  'webhook.test': 'you asked for a test of an endpoint: `webhook_id`',
} as const

export type EventType = keyof typeof eventTypes

const isEventType = (name: string): name is EventType => Object.hasOwn(eventTypes, name)
export const eventTypeNames: readonly EventType[] = Object.keys(eventTypes).filter(isEventType)
