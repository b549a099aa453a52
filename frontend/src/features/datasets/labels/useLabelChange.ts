import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Dataset, datasetQuery, type Label } from '@/lib/datasets';
import { notifyError } from '@/lib/notify';
import { orderLabels } from '../api/labels';

/** A change of labels, after which the dataset, and what was counted of its labels, is read anew. */
export function useLabelChange<Input>(dataset: Dataset, act: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: ['dataset', dataset.slug] }),
  });
}

/** Puts labels into an order: at once on the page, one order after the other on the server. */
export function useOrder(dataset: Dataset) {
  const client = useQueryClient();
  const key = ['order of labels', dataset.slug];
  const query = datasetQuery(dataset.slug);
  return useMutation({
    mutationKey: key,
    scope: { id: key.join(' ') },
    mutationFn: (labels: Label[]) =>
      orderLabels(
        dataset,
        labels.map(({ id }) => id),
      ),
    onMutate: async (labels) => {
      await client.cancelQueries(query);
      client.setQueryData(query.queryKey, (was) => was && { ...was, labels });
    },
    onError: notifyError,
    onSettled: () => {
      // While another order is on its way the server's is not the last word.
      if (client.isMutating({ mutationKey: key }) === 1) void client.invalidateQueries(query);
    },
  });
}
