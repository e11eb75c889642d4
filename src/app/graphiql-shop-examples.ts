import type { ExampleTab } from '../platform/http/graphiql-page.js'

/** Buying what others designed. The cart uses the sign-in of the story's first tab, and what the marketplace showed. */
export const graphiqlShopExamples: readonly ExampleTab[] = [
  {
    query: `# And the marketplace: open to everybody, no token
# needed.
query Marketplace($filter: ItemFilter) {
  marketplaceItems(
    first: 5
    sort: RATING
    filter: $filter
  ) {
    totalCount
    nodes {
      id
      title
      price { formatted }
      rating
      reviewCount
      designer { displayName }
      previews { url width height }
      reviews(first: 3) {
        nodes { rating comment author { displayName } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: JSON.stringify({ filter: { productType: ['BANNER'] } }, null, 2),
  },
  {
    query: `# Into the cart: the best banner of the tab before this
# one. A line with priceChanged, or not isAvailable,
# stops the checkout until it is set again or taken out
# (quantity: 0). Then order it all with
# checkoutCart(input: { deliveryAddress: {…} }).
mutation Cart(
  $itemId: UUID!
  $quantity: Int!
  $print: PrintSpecsInput
) {
  setCartLine(
    itemId: $itemId
    quantity: $quantity
    print: $print
  ) {
    lines {
      item { title }
      quantity
      unitPrice { formatted }
      priceChanged
      isAvailable
    }
    itemCount
    subtotal { formatted }
  }
}`,
    variables: JSON.stringify(
      {
        itemId: '{{marketplaceItems.nodes.0.id}}',
        quantity: 2,
        print: { widthMm: 2_000, heightMm: 1_000, material: 'Vinyl 440 g', colorProfile: 'CMYK', elements: [] },
      },
      null,
      2,
    ),
    headers: JSON.stringify({ authorization: 'Bearer {{customer.token.accessToken}}' }, null, 2),
  },
]
