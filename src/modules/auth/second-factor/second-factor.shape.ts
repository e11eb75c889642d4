import { value } from '../../../platform/database/shape.js'
import { userShape } from '../../users/index.js'

/** Lets a user be read together with whether a second factor counts. */
export function addSecondFactorToUsers(): void {
  userShape.extend({
    twoFactorEnabled: value(
      (user) => `exists (select from second_factors f where f.user_id = ${user}.id and f.confirmed_at is not null)`,
    ),
  })
}
