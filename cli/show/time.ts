/** An ISO date-time for reading: "2026-03-02 09:15:04", UTC like everything in the ledger. */
export const timeText = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
