import { ObjectType } from 'type-graphql'

@ObjectType({ description: 'What the people who run AdTime read. For MANAGER and ADMIN.' })
export class AdminQuery {}
