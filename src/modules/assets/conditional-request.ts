interface ConditionalHeaders {
  'if-none-match'?: string | undefined
  'if-match'?: string | undefined
  'if-modified-since'?: string | undefined
  'if-unmodified-since'?: string | undefined
  'if-range'?: string | undefined
  range?: string | undefined
}

const names = (header: string, etag: string): boolean =>
  header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag)

/**
 * Decides a request's conditions by the strong ETag of a file whose content never changes, and takes them off the request: what sends the file would
 * judge them by the file's time. A Range stays, unless If-Range speaks of something else.
 */
export function takeOverConditions(headers: ConditionalHeaders, etag: string): 'unchanged' | 'send' {
  const noneMatch = headers['if-none-match']
  if (headers['if-range'] !== undefined && headers['if-range'] !== etag) delete headers.range
  for (const name of ['if-none-match', 'if-match', 'if-modified-since', 'if-unmodified-since', 'if-range'] as const)
    delete headers[name]
  return noneMatch !== undefined && names(noneMatch, etag) ? 'unchanged' : 'send'
}
