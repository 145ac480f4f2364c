export interface Transaction {
  transaction_id: string
  amount: number
  currency_code: string
  charge_date: string
  transaction_fee: string
  transaction_type: 'Charge' | 'Refund' | 'Credit' | 'Payment' | 'BalanceAdjustment'
  reference_id: string
  reference_type: string
  fulfillment_center: string | null
  invoice: number | null
  taxes: { tax_type: string; tax_rate: number; tax_amount: number }[]
  additional_details: Record<string, string> | null
}

export interface Invoice {
  invoice_id: number
  invoice_date: string
  invoice_type: string
  amount: number
  currency_code: string
  running_balance: number
}
