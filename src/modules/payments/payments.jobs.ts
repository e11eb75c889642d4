/** The names of this room's jobs, for those who enqueue them and for the room that brings their handlers. */
export const paymentJobs = {
  /** { deliveryId } */
  settle: 'payments.settle',
  /** { refundId } */
  refund: 'payments.refund',
  /** { paymentId }: an attempt that we gave up is canceled at its provider */
  cancel: 'payments.cancel',
  /** { paymentId }: money that is held is taken */
  capture: 'payments.capture',
  /** { paymentId }: its provider is asked how it stands */
  check: 'payments.check',
  /** By the clock, whose jobs have no dots: what is open is asked about */
  reconcile: 'reconcile-payments',
  /** { paymentId }: its time to pay may be over */
  expire: 'payments.expire',
  /** { event, copy, failures } */
  sandboxWebhook: 'sandbox.webhook',
} as const
