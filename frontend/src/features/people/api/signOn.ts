import { api } from '@/lib/api';

/** The way to the provider of single sign-on; it leads back to `next`. */
export async function wayToProvider(next: string): Promise<string> {
  return (await api.post('/api/auth/sso/', { body: { next } })).url;
}
