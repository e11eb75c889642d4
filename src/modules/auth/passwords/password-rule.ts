import { registerDecorator } from 'class-validator'
import { brokenPasswordRules } from './password-strength.js'

/** A new password. Each rule it breaks becomes a wrong field of its own. */
export function Password(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'password',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && brokenPasswordRules(value).length === 0,
        // Several lines are several wrong fields.
        defaultMessage: (args) =>
          brokenPasswordRules(String(args?.value))
            .map(({ message }) => message)
            .join('\n'),
      },
    })
}
