import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { type Attributes, element, nameToken } from '../xml.ts'
import { points, productIds, rootId } from './products.ts'

/** The ResourceSets of a ticket: who ordered, until when, which files, where to. */
export const resourceSets = (ticket: JobTicket): readonly string[] => [
  resourceSet('CustomerInfo', {}, [resource(customerInfo(ticket))]),
  resourceSet('NodeInfo', {}, [resource(element('NodeInfo', { End: ticket.dueAt, Status: 'Waiting' }))]),
  resourceSet('RunList', { Usage: 'Input' }, ticket.files.map(runList)),
  resourceSet('Contact', {}, [
    resource(contact(ticket.shipTo), [element('Part', { ContactType: 'Delivery', DropID: drop })]),
  ]),
  resourceSet('DeliveryParams', {}, [resource(deliveryParams(ticket), [element('Part', { DropID: drop })])]),
]

/** All copies go to one address. */
const drop = 'DROP'

const customerInfo = ({ orderId, reference, title }: JobTicket): string =>
  element('CustomerInfo', { CustomerJobName: title, CustomerOrderID: reference ?? orderId })

/** The file lies beside the ticket: its address is its name. */
function runList(file: JobTicket['files'][number]): string {
  const { trimBox, sheetWidthMm, sheetHeightMm } = file
  const spec = element('FileSpec', {
    CheckSum: file.sha256,
    FileSize: file.sizeBytes,
    MimeType: file.contentType,
    NPage: file.pages,
    URL: file.file,
  })
  const trim = [trimBox.xMm, trimBox.yMm, trimBox.xMm + trimBox.widthMm, trimBox.yMm + trimBox.heightMm]
  const list = element(
    'RunList',
    {
      NPage: file.pages,
      SourceMediaBox: `0 0 ${points(sheetWidthMm)} ${points(sheetHeightMm)}`,
      SourceTrimBox: trim.map(points).join(' '),
    },
    [spec],
  )
  return resource(list, [element('Part', { ProductPart: productIds[file.component] })], { ExternalID: file.barcode })
}

function contact({ name, email, phone, address }: JobTicket['shipTo']): string {
  const channels = [
    ...(email === undefined ? [] : [element('ComChannel', { ChannelType: 'Email', Locator: `mailto:${email}` })]),
    ...(phone === undefined ? [] : [element('ComChannel', { ChannelType: 'Phone', Locator: `tel:${phone}` })]),
  ]
  const place = element('Address', {
    City: address.city,
    CountryCode: address.country,
    ExtendedAddress: address.line2 || undefined,
    PostalCode: address.postal_code,
    Region: address.state || undefined,
    Street: address.line1,
  })
  // Whose name is which part of it nobody can tell.
  return element('Contact', {}, [place, ...channels, element('Person', { FamilyName: name })])
}

const deliveryParams = (ticket: JobTicket): string =>
  element('DeliveryParams', { Method: nameToken(ticket.shippingMethod) }, [
    element('DropItem', { Amount: ticket.quantity, ItemRef: rootId(ticket) }),
  ])

const resourceSet = (name: string, attributes: Attributes, resources: readonly string[]): string =>
  element('ResourceSet', { Name: name, ...attributes }, resources)

const resource = (content: string, parts: readonly string[] = [], attributes: Attributes = {}): string =>
  element('Resource', attributes, [...parts, content])
