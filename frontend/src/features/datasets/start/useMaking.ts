import { useMutation, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '@/lib/me';
import { createDataset, type NewDataset } from '../api/createDataset';
import { addMember, type Member } from '../api/members';
import { asked, type Invitee } from './draft';

/** What became of somebody who was to be a member. */
export interface Outcome {
  readonly person: Invitee;
  readonly member?: Member;
  readonly error?: unknown;
}

export interface Made {
  readonly slug: string;
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

/** Makes the dataset, then its members one by one; who cannot be added does not undo it. */
export function useMaking(onMade: (made: Made) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: { dataset: NewDataset; people: readonly Invitee[] }) => {
      const { slug, name } = await createDataset(asked(wanted.dataset));
      const outcomes: Outcome[] = [];
      for (const person of wanted.people) outcomes.push(await add(slug, person));
      return { slug, name, outcomes };
    },
    onSuccess: async (made) => {
      onMade(made);
      await client.invalidateQueries({ queryKey: ['home'] });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}

export async function add(slug: string, person: Invitee): Promise<Outcome> {
  try {
    return { person, member: await addMember(slug, person) };
  } catch (error) {
    return { person, error };
  }
}
