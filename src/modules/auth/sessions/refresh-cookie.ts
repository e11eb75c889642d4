/** Where a browser in cookie mode keeps the refresh token of its session. */
export const REFRESH_COOKIE = 'adtime_refresh'

/** As long as the token itself is good. */
export const REFRESH_SECONDS = 7 * 24 * 60 * 60
