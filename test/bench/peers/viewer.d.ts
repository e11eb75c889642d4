/** Who holds the token of an Authorization header; null for nobody. */
export declare function viewerOf(authorization: string | undefined): Promise<string | null>
