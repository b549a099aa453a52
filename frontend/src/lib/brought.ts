/** What is to come into a dataset, said before there was one. */
export type Brought =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'images'; readonly files: readonly { file: File; path: string }[] };

// Files outlive no page, so that this is no place for more than the way from one to the next.
const waiting = new Map<string, Brought>();

/** Leaves it for the import page of the dataset, which takes it up when it opens. */
export function leaveFor(slug: string, brought: Brought): void {
  waiting.set(slug, brought);
}

export function leftFor(slug: string): Brought | undefined {
  return waiting.get(slug);
}

export function forgetLeft(slug: string): void {
  waiting.delete(slug);
}
