import { useParams } from '@tanstack/react-router';

/** The dataset that the address names. Only below `/datasets/$slug`, `/label/$slug`, `/review/$slug`. */
export function useSlug(): string {
  const { slug } = useParams({ strict: false });
  if (slug === undefined) throw new Error('This address names no dataset.');
  return slug;
}
