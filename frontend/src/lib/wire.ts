import type { components } from '@/api/schema';

/** A form in which data travels, as the server's own document describes it. */
export type Wire<Name extends keyof components['schemas']> = components['schemas'][Name];
