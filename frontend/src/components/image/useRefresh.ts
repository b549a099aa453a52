import { useQueryClient } from '@tanstack/react-query';
import { useSlug } from '@/lib/slug';

/** Has all asked anew that shows images of the dataset. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  const slug = useSlug();
  return async () => {
    await client.invalidateQueries({ queryKey: ['dataset', slug] });
    await client.invalidateQueries({ queryKey: ['home'] });
  };
}
