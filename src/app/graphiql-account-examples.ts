import type { ExampleTab } from '../platform/http/graphiql-page.js'

const asCustomer = JSON.stringify({ authorization: 'Bearer {{customer.token.accessToken}}' }, null, 2)

/** What one does with an account rather than with an order. They use the sign-in of the story's first tab. */
export const graphiqlAccountExamples: readonly ExampleTab[] = [
  {
    query: `# Your account: where it is signed in. End one of them
# with revokeSession(id: …), all others with
# revokeOtherSessions.
query Sessions {
  me { displayName emailVerified twoFactorEnabled }
  sessions {
    id
    isCurrent
    userAgent
    ip
    lastUsedAt
  }
}`,
    headers: asCustomer,
  },
  {
    query: `# What you were told, and where else you are told it.
# locale is the language: updateProfile changes it.
query Notifications {
  me {
    locale
    unreadNotificationCount
    lastNotificationCursor
    notificationPreferences { email telegram }
    notifications(first: 10) {
      nodes {
        id
        status
        type
        title
        body
        payload
        order { number status }
      }
    }
  }
}`,
    headers: asCustomer,
  },
  {
    query: `# Leave it running, and order, pay or talk in another
# window: each notification comes at once. With
# after: lastNotificationCursor none is missed.
subscription NotificationsLive {
  notificationAdded {
    cursor
    type
    title
    body
  }
}`,
    headers: asCustomer,
  },
  {
    query: `# Chosen by type; in the app you are told everything.
# Telegram needs an account linked to yours.
mutation NotificationPreferences {
  setNotificationPreferences(
    input: {
      email: [ORDER, PAYMENT, SUPPORT]
      telegram: [ORDER]
    }
  ) {
    email
    telegram
  }
}`,
    headers: asCustomer,
  },
  {
    query: `# A second factor. Paste qrCode into the address bar,
# scan it with an authenticator app, then run
# confirmTwoFactor(code: "…") with what the app shows.
# Until then nothing changes.
mutation Enroll {
  enrollTwoFactor {
    secret
    otpauthUrl
    qrCode
  }
}`,
    headers: asCustomer,
  },
  {
    query: `# No account needed: a guest draws one picture, and
# keeps it by upgradeGuest(input: { email: "…" … }).
# Its tokens are its only proof.
mutation Guest {
  guest: startGuestSession {
    user {
      displayName
      isGuest
      planSubscription { remainingGenerations }
    }
    token { accessToken expiresIn }
  }
}`,
  },
  {
    query: `# Sign in by phone: the code is in the short message,
# and with no one to send it, at /dev/outbox. Then run
# completePhoneLogin(phone: "…", code: "…").
mutation Phone($phone: PhoneNumber!) {
  startPhoneLogin(phone: $phone)
}`,
    variables: JSON.stringify({ phone: '+79991234567' }, null, 2),
  },
]
