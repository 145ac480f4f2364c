/** An article of the supplier. Prices in dollars for one each. */
export interface Article {
  item: string
  description: string
  price: string
  /** UPC-A of the each; GTIN-14 of the case. Check digits are right. */
  upc: string
  caseCode: string
  perCase: number
  perPallet: number
  /** Pounds for one each. */
  weight: string
}

const article = (
  item: string,
  description: string,
  price: string,
  upc: string,
  caseCode: string,
  perCase: number,
  perPallet: number,
  weight: string,
): Article => ({ item, description, price, upc, caseCode, perCase, perPallet, weight })

/** What Juniper & Slate Goods sells. GS1 company prefix 0614141 is the one GS1 keeps for documentation. */
export const catalogue: readonly Article[] = [
  article('JS-MUG-12', 'Stoneware mug 12 oz, slate', '4.25', '614141001217', '10614141001214', 24, 960, '0.9'),
  article('JS-BWL-06', 'Soup bowl 6 in, set of 1, slate', '7.9', '614141001385', '10614141001382', 12, 480, '1.1'),
  article('JS-TRY-LG', 'Acacia serving tray, large', '14.2', '614141001521', '10614141001528', 6, 240, '1.7'),
  article('JS-PLT-10', 'Dinner plate 10 in, slate', '6.35', '614141001699', '10614141001696', 12, 576, '1.4'),
  article('JS-PIT-02', 'Stoneware pitcher 2 qt', '18.5', '614141001767', '10614141001764', 4, 160, '3.2'),
  article('JS-CAN-08', 'Beeswax candle 8 in, pair', '5.1', '614141001835', '10614141001832', 36, 1440, '0.4'),
  article('JS-NAP-04', 'Linen napkins, set of 4', '11.75', '614141001903', '10614141001900', 20, 800, '0.5'),
  article('JS-BRD-OK', 'Oak cutting board', '16.8', '614141002061', '10614141002068', 8, 256, '2.6'),
]

/** What Fern & Flint Supply sells, the company whose ERP is Odoo. */
export const fernFlintCatalogue: readonly Article[] = [
  article('FF-GLS-08', 'Tumbler 8 oz, green glass', '3.4', '860003117088', '10860003117085', 12, 720, '0.5'),
  article('FF-GLS-12', 'Tumbler 12 oz, green glass', '4.1', '860003117125', '10860003117122', 12, 576, '0.7'),
  article('FF-CAN-03', 'Pillar candle 3 in, ivory', '5.6', '860003117316', '10860003117313', 24, 960, '0.6'),
  article('FF-CAN-06', 'Pillar candle 6 in, ivory', '9.25', '860003117361', '10860003117368', 12, 480, '1.2'),
  article('FF-TRY-RD', 'Serving tray, round, ash', '18.5', '860003117446', '10860003117443', 6, 180, '2.1'),
]

export function articleOf(item: string): Article {
  const found = [...catalogue, ...fernFlintCatalogue].find((a) => a.item === item)
  if (!found) throw new Error(`the catalogue has no ${item}`)
  return found
}
