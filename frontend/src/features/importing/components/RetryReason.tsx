import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rememberImport } from '@/lib/begunImports';
import { notifyError } from '@/lib/notify';
import { retryReason } from '../api/imports';

/** Fetches the lines once more that failed for one reason. */
export function RetryReason({ id, code }: { id: string; code: string }) {
  const { t } = useTranslation('importing');
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryReason(id, code),
    onError: notifyError,
    onSuccess: () => rememberImport(id),
    onSettled: () => client.invalidateQueries({ queryKey: ['import', id] }),
  });
  return (
    <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
      {t('rows.retry')}
    </Button>
  );
}
