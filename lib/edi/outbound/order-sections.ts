import type { ItemNumbers, Party } from '../../documents/parts.ts'
import type { RsxAddress, RsxItemNumbers, RsxMeta } from '../../systems/sps-commerce/records.ts'
import type { OrderSnapshot } from '../order/snapshot.ts'
import type { Partner } from '../resolve/partner.ts'

/** A party of the order as it came: its number and texts go back unchanged (sps-commerce.md §10). */
export const toRsxAddress = (p: Party): RsxAddress => ({
  AddressTypeCode: p.role,
  LocationCodeQualifier: p.code === undefined ? undefined : p.codeQualifier,
  AddressLocationNumber: p.code,
  AddressName: p.name,
  AddressAlternateName: p.name2,
  Address1: p.address[0],
  Address2: p.address[1],
  Address3: p.address[2],
  Address4: p.address[3],
  City: p.city,
  State: p.state,
  PostalCode: p.postalCode,
  Country: p.country,
})

/** Item numbers as the buyer sent them. */
export const toRsxNumbers = (n: ItemNumbers): RsxItemNumbers => ({
  BuyerPartNumber: n.buyerPart,
  VendorPartNumber: n.vendorPart,
  ConsumerPackageCode: n.upc,
  EAN: n.ean,
  GTIN: n.gtin,
  UPCCaseCode: n.caseUpc,
})

/** The envelope of an answer: the order's, sender and receiver exchanged; the partner's row may say otherwise. */
export const answerMeta = (order: OrderSnapshot | undefined, partner: Partner | undefined): RsxMeta => ({
  SenderUniqueID: partner?.envelope.senderId ?? order?.envelope?.receiver,
  SenderCompanyName: partner?.envelope.senderName ?? order?.envelope?.receiverName,
  ReceiverUniqueID: partner?.envelope.receiverId ?? order?.envelope?.sender,
  ReceiverCompanyName: partner?.envelope.receiverName ?? order?.envelope?.senderName,
  OrderManagement: order?.envelope?.orderManagement,
  Version: '7.7.7',
})
