import { Shape, value } from '../../platform/database/shape.js'

/** How a Factory is read. `id` is always there, for the policies of fields that other rooms add. */
export const factoryShape = new Shape('factories', ['id'], {
  id: value('id'),
  name: value('name'),
  location: value('location'),
  specializations: value('specializations'),
  rating: value('rating'),
  capacity: value('capacity'),
  currentLoad: value('current_load'),
  leadTimeDays: value('lead_time_days'),
  serviceLevel: value('service_level'),
  isActive: value('is_active'),
})
