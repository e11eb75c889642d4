import { Shape, value } from '../../platform/database/shape.js'

export const userShape = new Shape('users', ['id'], {
  id: value('id'),
  email: value('email'),
  emailVerified: value((row) => `(${row}.email_verified_at is not null)`),
  phone: value('phone'),
  telegramId: value('telegram_id'),
  displayName: value('display_name'),
  role: value('role'),
  locale: value('locale'),
  isGuest: value('is_guest'),
  createdAt: value('created_at'),
})
