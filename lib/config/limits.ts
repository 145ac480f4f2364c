/** Numbers that the template and the functions must agree on. */
export const limits = {
  /** Receives after which SQS moves a message to its dead-letter queue. */
  maxReceives: 6,
  /** Messages a function takes at once; ten is the most a FIFO queue gives. */
  batchSize: 10,
  pollerTimeoutSeconds: 300,
  /** Hints of a webhook that arrive within so many seconds are answered with one poll. */
  hintWindowSeconds: 5,
  /** How often a hint waits for a running poll to end; longer in all than a poll may take. */
  hintReceives: 10,
  mapperTimeoutSeconds: 60,
  /** Acumatica may take minutes to answer a write (acumatica.md §3). */
  pusherTimeoutSeconds: 600,
  /** A document under way for longer is stuck: longer than the hour that a batch is hidden after its pusher died. */
  stuckAfterMinutes: 90,
} as const

/** The `source` of our events on the deployment's bus: what a customer's rule and the keeper's rule match. */
export const eventSource = 'ml-connector'
