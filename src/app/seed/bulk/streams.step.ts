import { chatStream } from '../../../modules/chat/index.js'
import { customerStream, factoryStream, orderStream } from '../../../modules/orders/index.js'
import { statements } from './bulk-step.js'

/** The name of a stream as SQL, from the function that names it. */
const named = (stream: (id: string) => string, id: string): string => {
  const [before, after] = stream('\0').split('\0')
  return `'${before}' || ${id} || '${after}'`
}

/**
 * Only the heads of the streams: their events are as good as older than what is kept, and whoever asks for them is told to load anew.
 * And the factories, as busy as their orders make them.
 */
export const streamsStep = statements('streams', 8, () => [
  [
    `create temp table bulk_history on commit drop as
     select o.n, o.id, o.customer_id, o.factory_n, o.status, count(*) as events, count(*) filter (where e.production_stage is not null) as factory_events
     from bulk_order o join order_events e on e.order_id = o.id group by o.n`,
  ],
  [
    `insert into event_streams (name, last_number) select ${named(orderStream, 'id')}, events from bulk_history order by n`,
  ],
  [
    `insert into event_streams (name, last_number)
     select ${named(customerStream, 'customer_id')}, sum(events) from bulk_history group by customer_id`,
  ],
  [
    `insert into event_streams (name, last_number)
     select ${named(factoryStream, 'f.id')}, sum(h.factory_events) from bulk_history h join bulk_factory f on f.n = h.factory_n group by f.id`,
  ],
  [
    `insert into event_streams (name, last_number)
     select ${named(chatStream, 'm.order_id')}, max(m.number) from chat_messages m join bulk_order o on o.id = m.order_id group by m.order_id`,
  ],
  [
    `insert into factories (id, name, location, specializations, rating, capacity, current_load, lead_time_days, service_level, created_at)
     select f.id, 'Типография № ' || f.n, pg_temp.pick('{Москва,Тверь,Казань,Пермь,Самара,Омск}', f.n, 61), '{BANNER,STANDEE,BILLBOARD}',
       round((3.5 + 1.5 * pg_temp.rnd(f.n, 62))::numeric, 1), 1 + ceil(load * 1.2), load, f.lead_time_days, 1 + floor(5 * pg_temp.rnd(f.n, 63)), f.created_at
     from bulk_factory f
     cross join lateral (select count(*) as load from bulk_history h where h.factory_n = f.n and h.status = 'PRODUCTION') work`,
  ],
])
