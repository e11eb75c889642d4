// PostGraphile asks for Node 22. This is all that it misses on Node 20, so that every server runs on the same Node.
Promise.withResolvers ??= function withResolvers() {
  const deferred = {}
  deferred.promise = new this((resolve, reject) => Object.assign(deferred, { resolve, reject }))
  return deferred
}
