/**
 * Something made once per operation and dropped with it, such as a DataLoader:
 * `const ratings = perRequest((context) => new DataLoader(…))`, then `ratings(context).load(id)`.
 */
export function perRequest<Context extends object, Made>(make: (context: Context) => Made): (context: Context) => Made {
  const made = new WeakMap<Context, Made>()
  return (context) => {
    const known = made.get(context)
    if (known !== undefined) return known
    const fresh = make(context)
    made.set(context, fresh)
    return fresh
  }
}
