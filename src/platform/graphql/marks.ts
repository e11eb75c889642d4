import { Extensions } from 'type-graphql'
import type { Permission } from '../../kernel/permissions.js'

export const OPEN = 'open'

/** What a field's permission mark says. */
export type Mark = Permission | typeof OPEN

type FieldDecorator = MethodDecorator & PropertyDecorator

/** The field is for viewers that have `permission`: UNAUTHENTICATED for visitors, FORBIDDEN for the others. */
export const Can = (permission: Permission): FieldDecorator => Extensions({ mark: permission }) as FieldDecorator

/** The field is for everybody, visitors included. */
export const Open = (): FieldDecorator => Extensions({ mark: OPEN }) as FieldDecorator
