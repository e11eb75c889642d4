/** What factories are told; the table in modules/factories/README.md says when. */
export type FactoryNewsType = 'order.assigned' | 'order.deadline_changed' | 'order.withdrawn' | 'order.cancelled'
