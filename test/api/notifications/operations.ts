export interface NotificationView {
  readonly id: string
  readonly cursor: string
  readonly type: string
  readonly status: string
  readonly title: string
  readonly body: string
  readonly payload: Readonly<Record<string, unknown>> | null
  readonly order: { readonly id: string; readonly number: string } | null
  readonly readAt: string | null
}

export const NOTIFICATIONS = /* GraphQL */ `
  query MyNotifications($filter: NotificationFilter, $first: Int, $after: Cursor) {
    me {
      unreadNotificationCount
      lastNotificationCursor
      notifications(filter: $filter, first: $first, after: $after) {
        nodes { id cursor type status title body payload order { id number } readAt }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`

export interface MyNotifications {
  readonly me: {
    readonly unreadNotificationCount: number
    readonly lastNotificationCursor: string
    readonly notifications: {
      readonly nodes: readonly NotificationView[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    }
  }
}

export const MARK_READ = /* GraphQL */ `
  mutation MarkNotificationsReadOf($ids: [UUID!]) { markNotificationsRead(ids: $ids) }`

export const ARCHIVE = /* GraphQL */ `
  mutation ArchiveOneNotification($id: UUID!) { archiveNotification(id: $id) { id status readAt } }`

export const SET_PREFERENCES = /* GraphQL */ `
  mutation SetNotificationPreferencesTo($input: NotificationPreferencesInput!) {
    setNotificationPreferences(input: $input) { email telegram }
  }`

export const PREFERENCES = /* GraphQL */ `
  query MyNotificationPreferences { me { locale notificationPreferences { email telegram } } }`

export const SET_LOCALE = /* GraphQL */ `
  mutation SetMyLocale($locale: Locale) { updateProfile(input: { locale: $locale }) { locale } }`

export const LIVE = /* GraphQL */ `
  subscription MyNotificationsLive($after: Cursor) { notificationAdded(after: $after) { id cursor type status title body payload order { id number } readAt } }`

export interface LiveNotification {
  readonly notificationAdded: NotificationView
}
